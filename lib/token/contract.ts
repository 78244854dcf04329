import { z } from 'zod';
import { AUTH_METHODS, tokenEndpoint } from '@/lib/api-credential/model';
import { type AccessTokenClaims, SCOPES, type SigningKey } from './model';

/** What a token of ours says; `aud` may be one string by RFC 7519 §4.1.3. */
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
});

/** RFC 6749 §5.1, in the order the curl commands of the README show. */
export function toTokenResponse(issued: { accessToken: string; expiresInSeconds: number; scopes: readonly string[] }) {
  return {
    access_token: issued.accessToken,
    expires_in: issued.expiresInSeconds,
    scope: issued.scopes.join(' '),
    token_type: 'bearer',
  };
}

/** RFC 7662 §2.2. Of what is not active nothing else is told, not even why. */
export function toIntrospectionResponse(claims: AccessTokenClaims | null) {
  if (!claims) return { active: false };
  const { scope, client_id, exp, iat, nbf, sub, aud, iss, jti } = claims;
  return {
    active: true,
    ...(scope !== '' && { scope }),
    client_id,
    token_type: 'Bearer',
    ...{ exp, iat, nbf, sub, aud, iss, jti },
  };
}

/** RFC 7517 §5. */
export function toKeySet(keys: SigningKey[]) {
  return {
    keys: keys.map(({ kid, algorithm, publicJwk }) => ({ ...publicJwk, kid, alg: algorithm, use: 'sig' })),
  };
}

export function keySetUrl(origin: string): string {
  return `${origin}/.well-known/jwks.json`;
}

/** RFC 8414 §2. Names only what exists. */
export function toServerMetadata(origin: string) {
  return {
    issuer: origin,
    token_endpoint: tokenEndpoint(origin),
    introspection_endpoint: `${origin}/oauth2/introspect`,
    revocation_endpoint: `${origin}/oauth2/revoke`,
    jwks_uri: keySetUrl(origin),
    scopes_supported: SCOPES,
    response_types_supported: [],
    grant_types_supported: ['client_credentials'],
    token_endpoint_auth_methods_supported: AUTH_METHODS,
    introspection_endpoint_auth_methods_supported: AUTH_METHODS,
    revocation_endpoint_auth_methods_supported: AUTH_METHODS,
  };
}
