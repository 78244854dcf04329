import { z } from 'zod';
import { AUTH_METHODS, tokenEndpoint } from '@/lib/api-credential/model';
import { IDENTITY_SCOPES } from '@/lib/application/model';
import { LOCALES } from '@/lib/i18n/model';
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

/** RFC 6749 §5.1 and OpenID Connect Core §3.1.3.3, for an application. */
export const applicationTokenResponse = z
  .object({
    access_token: z.string().meta({ description: 'A signed JWT (RFC 9068).' }),
    token_type: z.literal('Bearer'),
    expires_in: z.int().meta({ description: 'Lifetime in seconds.' }),
    scope: z.string().meta({ description: 'Granted scopes, space-separated.' }),
    id_token: z.string().optional().meta({ description: 'A signed JWT, always RS256.' }),
    refresh_token: z.string().optional().meta({ description: 'With the scope `offline_access` only.' }),
  })
  .meta({ id: 'ApplicationTokenResponse' });

export function toApplicationTokenResponse(issued: {
  accessToken: string;
  expiresInSeconds: number;
  scopes: readonly string[];
  idToken: string | null;
  refreshToken: string | null;
}): z.output<typeof applicationTokenResponse> {
  return {
    access_token: issued.accessToken,
    token_type: 'Bearer',
    expires_in: issued.expiresInSeconds,
    scope: issued.scopes.join(' '),
    ...(issued.idToken !== null && { id_token: issued.idToken }),
    ...(issued.refreshToken !== null && { refresh_token: issued.refreshToken }),
  };
}

/** RFC 9126 §2.2. */
export const pushedRequestResponse = z
  .object({
    request_uri: z.string().meta({ description: 'For the authorization endpoint, once.' }),
    expires_in: z.int().meta({ description: 'Lifetime in seconds.' }),
  })
  .meta({ id: 'PushedAuthorizationRequest' });

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

/** OpenID Connect Core §5.3.2. Projects add claims of their own. */
export const userinfoResponse = z
  .looseObject({
    sub: z.string().meta({ description: 'The ID of the identity.' }),
    name: z.string().optional(),
    preferred_username: z.string().optional(),
    email: z.string().optional(),
    email_verified: z.boolean().optional(),
    groups: z.array(z.string()).optional(),
  })
  .meta({ id: 'OidcUserInfo' });

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

/** RFC 8414 §2 and OpenID Connect Discovery §3. */
export const serverMetadataResponse = z
  .object({
    issuer: z.url(),
    authorization_endpoint: z.url(),
    token_endpoint: z.url(),
    introspection_endpoint: z.url(),
    revocation_endpoint: z.url(),
    pushed_authorization_request_endpoint: z.url(),
    userinfo_endpoint: z.url(),
    end_session_endpoint: z.url(),
    jwks_uri: z.url(),
    scopes_supported: z.array(z.string()),
    response_types_supported: z.array(z.string()),
    response_modes_supported: z.array(z.string()),
    grant_types_supported: z.array(z.string()),
    prompt_values_supported: z.array(z.string()),
    code_challenge_methods_supported: z.array(z.string()),
    subject_types_supported: z.array(z.string()),
    id_token_signing_alg_values_supported: z.array(z.string()),
    acr_values_supported: z.array(z.string()),
    claim_types_supported: z.array(z.string()),
    claims_supported: z.array(z.string()),
    ui_locales_supported: z.array(z.string()),
    claims_parameter_supported: z.boolean(),
    request_parameter_supported: z.boolean(),
    request_uri_parameter_supported: z.boolean(),
    authorization_response_iss_parameter_supported: z.boolean(),
    backchannel_logout_supported: z.boolean(),
    backchannel_logout_session_supported: z.boolean(),
    token_endpoint_auth_methods_supported: z.array(z.string()),
    introspection_endpoint_auth_methods_supported: z.array(z.enum(AUTH_METHODS)),
    revocation_endpoint_auth_methods_supported: z.array(z.string()),
  })
  .meta({ id: 'OAuth2ServerMetadata' });

/** Those of the product's table; projects add their own, which discovery does not name. */
const CLAIMS = [
  ...['sub', 'iss', 'aud', 'exp', 'iat', 'auth_time', 'nonce', 'acr', 'amr', 'sid', 'at_hash'],
  ...['name', 'given_name', 'family_name', 'preferred_username', 'picture', 'locale', 'updated_at'],
  ...['email', 'email_verified', 'groups'],
];

/**
 * Lists only what is implemented. There is no field for the access token's algorithm: each key in the key set has `alg`.
 * What is not supported is said where an absent member would mean that it is (Discovery §3: `request_uri`).
 */
export function toServerMetadata(origin: string): z.output<typeof serverMetadataResponse> {
  return {
    issuer: origin,
    authorization_endpoint: `${origin}/oauth2/auth`,
    token_endpoint: tokenEndpoint(origin),
    introspection_endpoint: `${origin}/oauth2/introspect`,
    revocation_endpoint: `${origin}/oauth2/revoke`,
    pushed_authorization_request_endpoint: `${origin}/oauth2/par`,
    userinfo_endpoint: `${origin}/userinfo`,
    end_session_endpoint: `${origin}/oauth2/sessions/logout`,
    jwks_uri: keySetUrl(origin),
    scopes_supported: [...new Set([...IDENTITY_SCOPES, ...SCOPES])],
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
    prompt_values_supported: ['none', 'login', 'consent', 'select_account'],
    code_challenge_methods_supported: ['S256'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    acr_values_supported: ['phr'],
    claim_types_supported: ['normal'],
    claims_supported: [...CLAIMS],
    ui_locales_supported: [...LOCALES],
    claims_parameter_supported: false,
    request_parameter_supported: false,
    request_uri_parameter_supported: false,
    authorization_response_iss_parameter_supported: true,
    backchannel_logout_supported: true,
    backchannel_logout_session_supported: true,
    token_endpoint_auth_methods_supported: [...AUTH_METHODS, 'none'],
    introspection_endpoint_auth_methods_supported: [...AUTH_METHODS],
    revocation_endpoint_auth_methods_supported: [...AUTH_METHODS, 'none'],
  };
}
