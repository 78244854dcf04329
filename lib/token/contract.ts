import { z } from 'zod';
import { AUTH_METHODS, tokenEndpoint } from '@/lib/api-credential/model';
import { SIGNING_ALGORITHMS } from '@/lib/project/model';
import { type AccessTokenClaims, SCOPES, type SigningKey } from './model';

/** Claims of a Signet access token; `aud` may be a single string (RFC 7519 §4.1.3). */
export const accessTokenClaims = z.object({
  iss: z.string(),
  sub: z.string(),
  aud: z.union([z.array(z.string()), z.string().transform((audience) => [audience])]),
  exp: z.int(),
  iat: z.int(),
  nbf: z.int(),
  jti: z.string(),
  client_id: z.string(),
  scope: z.string(),
  sid: z.string().optional(),
});

/** The claims of an ID token that identify whom it is about and whom it was issued to. */
export const idTokenHintClaims = z.object({
  iss: z.string(),
  sub: z.string(),
  aud: z.string(),
  sid: z.string().optional(),
});

/** RFC 6749 §5.1, members in the order shown in docs/api.md. */
export const tokenResponse = z
  .object({
    access_token: z.string().meta({ description: 'A signed JWT (RFC 9068).' }),
    expires_in: z.int().meta({ description: 'Lifetime in seconds.' }),
    scope: z.string().meta({ description: 'Granted scopes, space-separated.' }),
    token_type: z.literal('bearer'),
  })
  .meta({ id: 'TokenResponse' });

export function toTokenResponse(issued: {
  accessToken: string;
  expiresInSeconds: number;
  scopes: readonly string[];
}): z.output<typeof tokenResponse> {
  return {
    access_token: issued.accessToken,
    expires_in: issued.expiresInSeconds,
    scope: issued.scopes.join(' '),
    token_type: 'bearer',
  };
}

/** RFC 7662 §2.2. An inactive token has no other members, not even a reason. */
export const introspectionResponse = z
  .object({
    active: z.boolean(),
    scope: z.string().optional(),
    client_id: z.string().optional(),
    token_type: z.literal('Bearer').optional(),
    exp: z.int().optional(),
    iat: z.int().optional(),
    nbf: z.int().optional(),
    sub: z.string().optional(),
    aud: z.array(z.string()).optional(),
    iss: z.string().optional(),
    jti: z.string().optional(),
    sid: z.string().optional().meta({ description: 'The session at the application. Only for a token of a person.' }),
  })
  .meta({ id: 'IntrospectedOAuth2Token' });

export function toIntrospectionResponse(claims: AccessTokenClaims | null): z.output<typeof introspectionResponse> {
  if (!claims) return { active: false };
  const { scope, client_id, exp, iat, nbf, sub, aud, iss, jti, sid } = claims;
  return {
    active: true,
    ...(scope !== '' && { scope }),
    client_id,
    token_type: 'Bearer',
    ...{ exp, iat, nbf, sub, aud, iss, jti },
    ...(sid !== undefined && { sid }),
  };
}

/** RFC 7517 §5. */
export const keySetResponse = z
  .object({
    keys: z.array(
      z
        .object({
          kty: z.enum(['EC', 'RSA']),
          kid: z.string(),
          alg: z.enum(SIGNING_ALGORITHMS),
          use: z.literal('sig'),
          crv: z.string().optional(),
          x: z.string().optional(),
          y: z.string().optional(),
          n: z.string().optional(),
          e: z.string().optional(),
        })
        .meta({ id: 'JsonWebKey' }),
    ),
  })
  .meta({ id: 'JsonWebKeySet' });

export function toKeySet(keys: SigningKey[]) {
  return {
    keys: keys.map(({ kid, algorithm, publicJwk }) => ({ ...publicJwk, kid, alg: algorithm, use: 'sig' })),
  };
}

function keySetUrl(origin: string): string {
  return `${origin}/.well-known/jwks.json`;
}

/** RFC 8414 §2. */
export const serverMetadataResponse = z
  .object({
    issuer: z.url(),
    token_endpoint: z.url(),
    introspection_endpoint: z.url(),
    revocation_endpoint: z.url(),
    jwks_uri: z.url(),
    scopes_supported: z.array(z.enum(SCOPES)),
    response_types_supported: z.array(z.string()),
    grant_types_supported: z.array(z.string()),
    token_endpoint_auth_methods_supported: z.array(z.enum(AUTH_METHODS)),
    introspection_endpoint_auth_methods_supported: z.array(z.enum(AUTH_METHODS)),
    revocation_endpoint_auth_methods_supported: z.array(z.enum(AUTH_METHODS)),
  })
  .meta({ id: 'OAuth2ServerMetadata' });

/**
 * Lists only implemented endpoints. RFC 8414 has no field for the token's algorithm: each key in the key set has `alg`.
 */
export function toServerMetadata(origin: string): z.output<typeof serverMetadataResponse> {
  return {
    issuer: origin,
    token_endpoint: tokenEndpoint(origin),
    introspection_endpoint: `${origin}/oauth2/introspect`,
    revocation_endpoint: `${origin}/oauth2/revoke`,
    jwks_uri: keySetUrl(origin),
    scopes_supported: [...SCOPES],
    response_types_supported: [],
    grant_types_supported: ['client_credentials'],
    token_endpoint_auth_methods_supported: [...AUTH_METHODS],
    introspection_endpoint_auth_methods_supported: [...AUTH_METHODS],
    revocation_endpoint_auth_methods_supported: [...AUTH_METHODS],
  };
}
