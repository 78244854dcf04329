import { z } from 'zod';
import { introspectionResponse, keySetResponse, serverMetadataResponse, tokenResponse } from '@/lib/token/contract';
import type { RouteRows } from './route';

/**
 * The fields that every OAuth endpoint accepts from a client that does not authenticate by HTTP Basic (RFC 6749
 * §2.3.1).
 */
const clientFields = {
  client_id: z.string().optional().meta({ description: 'Only with `client_secret_post`.' }),
  client_secret: z.string().optional().meta({ description: 'Only with `client_secret_post`.' }),
};

const tokenForm = z.object({
  grant_type: z.literal('client_credentials'),
  scope: z.string().optional().meta({ description: 'Space-separated. Default: all scopes of the API credential.' }),
  audience: z.array(z.string()).optional().meta({ description: 'Repeatable. Default: the admin API.' }),
  resource: z.array(z.string()).optional().meta({ description: 'Same as `audience` (RFC 8707).' }),
  ...clientFields,
});

const METHODS = ['client_secret_basic', 'client_secret_post'];
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

export const oauth2Routes = {
  'POST /oauth2/token': {
    access: 'client',
    id: 'oauth2TokenExchange',
    tag: 'oauth2',
    summary: 'Get an access token',
    description:
      'Client credentials grant (RFC 6749 §4.4). The client authenticates with HTTP Basic or in the body, as registered for its API credential.',
    form: tokenForm,
    examples: {
      basic: { summary: 'With HTTP Basic', value: { grant_type: 'client_credentials', scope: 'openid' } },
      post: {
        summary: 'With credentials in the body',
        value: { grant_type: 'client_credentials', client_id: 'sc_…', client_secret: '…' },
      },
    },
    answers: {
      200: { description: 'The access token.', body: tokenResponse, headers: ['Pragma'], example: tokenExample },
    },
    refusals: {
      400: 'The request, grant type, scope or audience is invalid; see `error`.',
      401: 'Unknown client, wrong or expired secret, or wrong authentication method.',
    },
  },
  'POST /oauth2/introspect': {
    access: 'client',
    id: 'introspectOAuth2Token',
    tag: 'oauth2',
    summary: 'Introspect an access token',
    description: 'RFC 7662. A client can introspect its own tokens only; any other token is `active: false`.',
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
    description: 'RFC 7009. The token is rejected from its next use on. Invalid and expired tokens return 200 too.',
    form: tokenHintForm,
    examples: { basic: tokenHintExample },
    answers: { 200: { description: 'The token is revoked or was already invalid.', headers: ['Pragma'] } },
    refusals: { 400: 'The request is malformed, or the token was issued to another client.' },
  },
} satisfies RouteRows;

export const discoveryRoutes = {
  'GET /.well-known/oauth-authorization-server': {
    access: 'public',
    id: 'discoverOAuth2Configuration',
    tag: 'discovery',
    summary: 'Get the authorization server metadata',
    description: 'RFC 8414.',
    requestHeaders: ['If-None-Match'],
    answers: {
      200: {
        description: 'The metadata.',
        body: serverMetadataResponse,
        headers: ['ETag'],
        example: {
          issuer: 'https://id.example.com',
          token_endpoint: 'https://id.example.com/oauth2/token',
          introspection_endpoint: 'https://id.example.com/oauth2/introspect',
          revocation_endpoint: 'https://id.example.com/oauth2/revoke',
          jwks_uri: 'https://id.example.com/.well-known/jwks.json',
          scopes_supported: ['openid', 'identities:read'],
          response_types_supported: [],
          grant_types_supported: ['client_credentials'],
          token_endpoint_auth_methods_supported: METHODS,
          introspection_endpoint_auth_methods_supported: METHODS,
          revocation_endpoint_auth_methods_supported: METHODS,
        },
      },
      304: { description: 'Not modified.', headers: ['ETag'] },
    },
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
