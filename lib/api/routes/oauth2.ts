import { z } from 'zod';
import {
  applicationTokenResponse,
  introspectionResponse,
  keySetResponse,
  pushedRequestResponse,
  serverMetadataResponse,
  tokenResponse,
  toServerMetadata,
  userinfoResponse,
} from '@/lib/token/contract';
import type { DocumentedResponse, RouteRows } from './route';

/**
 * The fields that every OAuth endpoint accepts from a client that does not authenticate by HTTP Basic (RFC 6749
 * §2.3.1).
 */
const clientFields = {
  client_id: z.string().optional().meta({ description: 'With `client_secret_post`, and of a public application.' }),
  client_secret: z.string().optional().meta({ description: 'Only with `client_secret_post`.' }),
};

const tokenForm = z.object({
  grant_type: z.enum(['client_credentials', 'authorization_code', 'refresh_token']),
  code: z.string().optional().meta({ description: 'With `authorization_code`.' }),
  redirect_uri: z
    .string()
    .optional()
    .meta({ description: 'With `authorization_code`: the same as in the authorization request.' }),
  code_verifier: z.string().optional().meta({ description: 'With `authorization_code`: RFC 7636.' }),
  refresh_token: z.string().optional().meta({ description: 'With `refresh_token`.' }),
  scope: z.string().optional().meta({
    description:
      'Space-separated. Default: all scopes of the API credential, or all that the person allowed the application.',
  }),
  audience: z.array(z.string()).optional().meta({ description: 'Repeatable. Default: the admin API.' }),
  resource: z.array(z.string()).optional().meta({ description: 'Same as `audience` (RFC 8707).' }),
  ...clientFields,
});

const ACCESS_TOKEN = 'eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCJ9.eyJzdWIiOiJzY18ifQ.c2lnbmF0dXJl';

/** RFC 7662 §2.1 and RFC 7009 §2.1 define the same form. */
const tokenHintForm = z.object({
  token: z.string().meta({ description: 'The access token.' }),
  token_type_hint: z.string().optional().meta({ description: 'Accepted and ignored: all tokens are access tokens.' }),
  ...clientFields,
});
const tokenHintExample = { summary: 'With HTTP Basic', value: { token: ACCESS_TOKEN } };

const tokenExample = {
  access_token: ACCESS_TOKEN,
  expires_in: 3599,
  scope: 'openid',
  token_type: 'bearer',
};

const authorizationForm = z.object({
  response_type: z.literal('code'),
  redirect_uri: z.string().meta({ description: 'As registered, byte for byte.' }),
  scope: z.string().meta({ description: 'Space-separated, with `openid`.' }),
  state: z.string().optional(),
  nonce: z.string().optional(),
  code_challenge: z.string().optional().meta({ description: 'Required unless the application opts out (RFC 7636).' }),
  code_challenge_method: z.literal('S256').optional(),
  prompt: z.string().optional(),
  max_age: z.string().optional(),
  login_hint: z.string().optional(),
  id_token_hint: z.string().optional(),
  ui_locales: z.string().optional(),
  resource: z.array(z.string()).optional().meta({ description: 'Repeatable (RFC 8707).' }),
  ...clientFields,
});

const userinfo = {
  tag: 'oauth2' as const,
  summary: 'Get the claims about a person',
  description: 'OpenID Connect Core §5.3: the claims of the scopes of an access token, as they are now.',
  answers: {
    200: {
      description: 'The claims; those without a value are left out.',
      body: userinfoResponse,
      headers: ['Pragma' as const],
      example: { sub: '019aa1f2-7c1e-7d3a-9d55-0f4c2b1e8a77', email: 'ada@example.com', email_verified: true },
    },
  },
  refusals: {
    401: 'No access token, or one that is expired, revoked, or not for the issuer.',
    403: 'The access token lacks the scope `openid`.',
  },
};

export const oauth2Routes = {
  'GET /oauth2/auth': {
    access: 'person',
    undocumented: 'A person’s browser opens it (OpenID Connect Core §3.1.2); docs/applications.md describes it.',
  },
  'POST /oauth2/auth': {
    access: 'person',
    undocumented: 'As GET (OpenID Connect Core §3.1.2.1).',
  },
  'POST /oauth2/par': {
    access: 'client',
    id: 'pushOAuth2AuthorizationRequest',
    tag: 'oauth2',
    summary: 'Push an authorization request',
    description:
      'RFC 9126. An application stores its authorization request and sends the person with `client_id` and `request_uri` only.',
    form: authorizationForm,
    examples: {
      basic: {
        summary: 'With HTTP Basic',
        value: {
          response_type: 'code',
          redirect_uri: 'https://grafana.example.com/login/generic_oauth',
          scope: 'openid profile email',
          state: 'af0ifjsldkj',
          code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
          code_challenge_method: 'S256',
        },
      },
    },
    answers: {
      201: {
        description: 'Stored for 90 seconds.',
        body: pushedRequestResponse,
        headers: ['Pragma'],
        example: {
          request_uri: 'urn:ietf:params:oauth:request_uri:6esc_11ACC5bwc014ltc14eY22c6bwc014ltc14eY22',
          expires_in: 90,
        },
      },
    },
    refusals: { 400: 'The request is invalid; see `error`.' },
  },
  'POST /oauth2/token': {
    access: 'client',
    id: 'oauth2TokenExchange',
    tag: 'oauth2',
    summary: 'Get an access token',
    description:
      'For API credentials, the client credentials grant (RFC 6749 §4.4): the client authenticates with HTTP Basic or in the body, as registered. For applications, authorization codes (§4.1.3) and refresh tokens (§6); a public application sends its `client_id` only.',
    form: tokenForm,
    examples: {
      basic: { summary: 'With HTTP Basic', value: { grant_type: 'client_credentials', scope: 'openid' } },
      post: {
        summary: 'With credentials in the body',
        value: { grant_type: 'client_credentials', client_id: 'sc_…', client_secret: '…' },
      },
    },
    answers: {
      200: {
        description: 'The access token; for an application also ID token and refresh token.',
        body: z.union([tokenResponse, applicationTokenResponse]),
        headers: ['Pragma'],
        example: tokenExample,
      },
    },
    refusals: {
      400: 'The request, grant type, code, refresh token, scope or audience is invalid; see `error`.',
      401: 'Unknown client, wrong or expired secret, or wrong authentication method.',
    },
  },
  'GET /oauth2/sessions/logout': {
    access: 'person',
    undocumented: 'A person’s browser opens it (RP-Initiated Logout 1.0); docs/applications.md describes it.',
  },
  'POST /oauth2/sessions/logout': {
    access: 'person',
    undocumented: 'As GET (RP-Initiated Logout 1.0 §2).',
  },
  'GET /userinfo': {
    access: 'token',
    id: 'getOidcUserInfo',
    ...userinfo,
    description: `${userinfo.description} The access token is sent as a bearer token.`,
  },
  'POST /userinfo': {
    access: 'token',
    id: 'postOidcUserInfo',
    ...userinfo,
    description: `${userinfo.description} The access token is sent as a bearer token or in the form.`,
    form: z.object({ access_token: z.string().optional() }),
  },
  'POST /oauth2/introspect': {
    access: 'client',
    id: 'introspectOAuth2Token',
    tag: 'oauth2',
    summary: 'Introspect an access token',
    description:
      'RFC 7662. A client can introspect its own access tokens, and an API credential also those of people that were issued for one of its audiences; any other token is `active: false`.',
    form: tokenHintForm,
    examples: { basic: tokenHintExample },
    answers: {
      200: {
        description: 'The token metadata, or `active: false`.',
        body: introspectionResponse,
        headers: ['Pragma'],
        example: {
          active: true,
          scope: 'identities:read',
          client_id: 'sc_4f2a',
          token_type: 'Bearer',
          exp: 1769855400,
          iat: 1769851800,
          nbf: 1769851800,
          sub: 'sc_4f2a',
          aud: ['https://id.example.com/admin'],
          iss: 'https://id.example.com',
          jti: '019aa1f2-7c1e-7d3a-9d55-0f4c2b1e8a77',
        },
      },
    },
  },
  'POST /oauth2/revoke': {
    access: 'client',
    id: 'revokeOAuth2Token',
    tag: 'oauth2',
    summary: 'Revoke an access token',
    description:
      'RFC 7009. The token is rejected from its next use on; with a refresh token, everything that came of the same sign-in. Invalid and expired tokens return 200 too.',
    form: tokenHintForm,
    examples: { basic: tokenHintExample },
    answers: { 200: { description: 'The token is revoked or was already invalid.', headers: ['Pragma'] } },
    refusals: { 400: 'The request is malformed, or the token was issued to another client.' },
  },
} satisfies RouteRows;

const METADATA_ANSWERS: Record<number, DocumentedResponse> = {
  200: {
    description: 'The metadata.',
    body: serverMetadataResponse,
    headers: ['ETag'],
    example: toServerMetadata('https://id.example.com'),
  },
  304: { description: 'Not modified.', headers: ['ETag'] },
};

export const discoveryRoutes = {
  'GET /.well-known/openid-configuration': {
    access: 'public',
    id: 'discoverOidcConfiguration',
    tag: 'discovery',
    summary: 'Get the OpenID provider metadata',
    description: 'OpenID Connect Discovery 1.0. The same document as the authorization server’s.',
    requestHeaders: ['If-None-Match'],
    answers: METADATA_ANSWERS,
  },
  'GET /.well-known/oauth-authorization-server': {
    access: 'public',
    id: 'discoverOAuth2Configuration',
    tag: 'discovery',
    summary: 'Get the authorization server metadata',
    description: 'RFC 8414.',
    requestHeaders: ['If-None-Match'],
    answers: METADATA_ANSWERS,
  },
  'GET /.well-known/jwks.json': {
    access: 'public',
    id: 'discoverJsonWebKeys',
    tag: 'discovery',
    summary: 'Get the public signing keys',
    description:
      'RFC 7517. Keys are published before they first sign and until their last token has expired. Revoked keys are removed at once.',
    requestHeaders: ['If-None-Match'],
    answers: {
      200: {
        description: 'The key set.',
        body: keySetResponse,
        headers: ['ETag'],
        example: {
          keys: [
            {
              kty: 'EC',
              crv: 'P-256',
              x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
              y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
              kid: '019aa1f2-7c1e-7d3a-9d55-0f4c2b1e8a77-1',
              alg: 'ES256',
              use: 'sig',
            },
          ],
        },
      },
      304: { description: 'Not modified.', headers: ['ETag'] },
    },
  },
  'GET /.well-known/change-password': {
    access: 'public',
    id: 'discoverChangePassword',
    tag: 'discovery',
    summary: 'Redirect to the credential settings',
    description: 'For password managers (W3C, A Well-Known URL for Changing Passwords).',
    answers: { 302: { description: 'Redirect to the page.', headers: ['Location'] } },
  },
  'GET /.well-known/passkey-endpoints': {
    access: 'public',
    id: 'discoverPasskeyEndpoints',
    tag: 'discovery',
    summary: 'Get the URLs for adding and managing passkeys',
    description: 'For password managers (W3C, A Well-Known URL for Relying Party Passkey Endpoints).',
    requestHeaders: ['If-None-Match'],
    answers: {
      200: {
        description: 'The URLs.',
        body: z.object({ enroll: z.url(), manage: z.url() }).meta({ id: 'PasskeyEndpoints' }),
        headers: ['ETag'],
        example: { enroll: 'https://id.example.com/profile', manage: 'https://id.example.com/profile' },
      },
      304: { description: 'Not modified.', headers: ['ETag'] },
    },
  },
  'GET /.well-known/security.txt': {
    access: 'public',
    undocumented: 'Plain text for people who report a vulnerability (RFC 9116).',
  },
} satisfies RouteRows;
