import { applicationResponse, createdApplicationResponse, rotatedSecretResponse } from '@/lib/application/contract';
import { KEYSET } from './paging';
import { DRY_RUN, type ParameterNote, type RouteRows } from './route';

const CLIENT_ID: ParameterNote = {
  description: 'The `client_id` of the application.',
  example: 'app_5Yc1nQd0u9wqT3xkZbVf2A',
};

const example = {
  client_id: CLIENT_ID.example,
  client_name: 'Wiki',
  application_type: 'web' as const,
  token_endpoint_auth_method: 'client_secret_basic' as const,
  redirect_uris: ['https://wiki.example.com/auth/callback'],
  post_logout_redirect_uris: ['https://wiki.example.com/'],
  backchannel_logout_uri: null,
  client_uri: 'https://wiki.example.com/',
  logo_uri: null,
  scope: 'openid profile email groups offline_access',
  audience: [],
  skip_consent: false,
  allowed_groups: null,
  require_pkce: true,
  access_token_seconds: 600,
  refresh_idle_seconds: 2_592_000,
  refresh_lifetime_seconds: 15_552_000,
  disabled: false,
  created_at: '2026-01-31T09:30:00.000Z',
  updated_at: '2026-01-31T09:30:00.000Z',
};
const secret = {
  id: '019aa1f8-31b0-7e0a-8c44-2f1d7b6a5c90',
  name: null,
  created_at: '2026-01-31T09:30:00.000Z',
  expires_at: null,
  last_used_at: null,
};
const single = { ...example, secrets: [secret] };
const SECRET = 'signet_sk_k3Rj0cXo4aQm1u2bT7vYp9eWnZ6dLh5gSf8iKqVxBcE_1aB2cD';

const RULES =
  'Redirect URIs are compared byte for byte: https, http on a loopback address, or for native applications a scheme with a dot; no wildcards and no fragments. A native application that registers a loopback address without a port may use any port. A public application (`token_endpoint_auth_method` is `none`) has no secret and always uses PKCE. `allowed_groups`: IDs of the groups whose members may use it; null: everybody.';

const body = { client_name: 'Wiki', redirect_uris: ['https://wiki.example.com/auth/callback'] };

export const applicationRoutes = {
  'GET /admin/applications': {
    scope: 'applications:read',
    id: 'listApplications',
    tag: 'applications',
    summary: 'List applications',
    parameters: KEYSET,
    answers: {
      200: {
        description: 'A page of applications, newest first.',
        body: applicationResponse.array(),
        headers: ['Link'],
        example: [example],
      },
    },
  },
  'POST /admin/applications': {
    scope: 'applications:write',
    dryRun: DRY_RUN,
    id: 'createApplication',
    tag: 'applications',
    summary: 'Create an application',
    description: `The secret is returned once. ${RULES}`,
    examples: {
      web: { summary: 'An application with a server', value: body },
      browser: {
        summary: 'A single-page application',
        value: { ...body, token_endpoint_auth_method: 'none' },
      },
      native: {
        summary: 'A native application or command line',
        value: { client_name: 'CLI', application_type: 'native', redirect_uris: ['http://127.0.0.1/callback'] },
      },
    },
    answers: {
      201: {
        description: 'The created application with its secret.',
        body: createdApplicationResponse,
        headers: ['ETag', 'Location'],
        example: { ...single, client_secret: SECRET },
      },
    },
  },
  'GET /admin/applications/{id}': {
    scope: 'applications:read',
    id: 'getApplication',
    tag: 'applications',
    summary: 'Get an application',
    parameters: { id: CLIENT_ID },
    requestHeaders: ['If-None-Match'],
    answers: {
      200: { description: 'The application.', body: applicationResponse, headers: ['ETag'], example: single },
      304: { description: 'Not modified.', headers: ['ETag'] },
    },
  },
  'PUT /admin/applications/{id}': {
    scope: 'applications:write',
    dryRun: DRY_RUN,
    id: 'updateApplication',
    tag: 'applications',
    summary: 'Replace the settings of an application',
    description: `Omitted members get their defaults; an omitted \`disabled\` is kept. \`disabled\` ends its sign-ins and tokens at once. \`application_type\` and the authentication method cannot be changed. ${RULES}`,
    parameters: { id: CLIENT_ID },
    requestHeaders: ['If-Match', 'If-None-Match'],
    examples: { consent: { summary: 'Without a consent page', value: { ...body, skip_consent: true } } },
    answers: {
      200: {
        description: 'The updated application.',
        body: applicationResponse,
        headers: ['ETag'],
        example: { ...single, skip_consent: true },
      },
    },
  },
  'DELETE /admin/applications/{id}': {
    scope: 'applications:write',
    dryRun: DRY_RUN,
    id: 'deleteApplication',
    tag: 'applications',
    summary: 'Delete an application',
    description: 'With its secrets and with what people allowed it; its sign-ins and tokens end at once.',
    parameters: { id: CLIENT_ID },
    requestHeaders: ['If-Match', 'If-None-Match'],
    answers: { 204: { description: 'Deleted.' } },
  },
  'POST /admin/applications/{id}/secrets': {
    scope: 'applications:write',
    dryRun: DRY_RUN,
    id: 'rotateApplicationSecret',
    tag: 'applications',
    summary: 'Create another secret of an application',
    description:
      'The secret is returned once. Previous secrets remain valid for `overlap_hours` (24 by default; 0: they end now). At most five are valid at once.',
    parameters: { id: CLIENT_ID },
    examples: { day: { summary: 'Previous secrets remain for a day', value: { overlap_hours: 24, name: 'Server 2' } } },
    answers: {
      201: {
        description: 'The secret.',
        body: rotatedSecretResponse,
        example: {
          client_id: CLIENT_ID.example,
          client_secret: SECRET,
          id: secret.id,
          name: 'Server 2',
          previous_ends_at: '2026-02-01T09:30:00.000Z',
        },
      },
    },
    refusals: { 409: 'Five secrets are valid. End one first, or set `overlap_hours` to 0.' },
  },
  'DELETE /admin/applications/{id}/secrets/{secretId}': {
    scope: 'applications:write',
    dryRun: DRY_RUN,
    id: 'endApplicationSecret',
    tag: 'applications',
    summary: 'End a previous secret before its expiry',
    parameters: { id: CLIENT_ID, secretId: { description: 'ID of the secret.', example: secret.id } },
    answers: { 204: { description: 'Ended.' } },
    refusals: { 400: 'It is the current secret, which can only be rotated.' },
  },
} satisfies RouteRows;
