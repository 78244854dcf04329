import { grantResponse } from '@/lib/grant/contract';
import { IDENTITY_ID } from './identities';
import { DRY_RUN, type ParameterNote, type RouteRows } from './route';

const CLIENT_ID: ParameterNote = {
  description: 'Client ID of the application.',
  example: 'app_mZk3u0x2S4qN7pYtVb1cDw',
};

const example = {
  client_id: 'app_mZk3u0x2S4qN7pYtVb1cDw',
  client_name: 'Grafana',
  scope: 'openid profile email',
  created_at: '2026-01-31T09:30:00.000Z',
  updated_at: '2026-01-31T09:30:00.000Z',
  last_used_at: '2026-02-02T08:00:00.000Z',
};

export const grantRoutes = {
  'GET /admin/identities/{id}/grants': {
    scope: 'applications:read',
    id: 'listIdentityGrants',
    tag: 'applications',
    summary: 'List the applications an identity gave access',
    description: 'By name.',
    parameters: { id: IDENTITY_ID },
    answers: { 200: { description: 'The grants.', body: grantResponse.array(), example: [example] } },
  },
  'DELETE /admin/identities/{id}/grants': {
    scope: 'applications:write',
    dryRun: DRY_RUN,
    id: 'deleteIdentityGrants',
    tag: 'applications',
    summary: 'Remove the access of all applications to an identity',
    description: 'Their tokens are rejected from the next request on. The next sign-in there asks again.',
    parameters: { id: IDENTITY_ID },
    answers: { 204: { description: 'Access removed.' } },
  },
  'GET /admin/identities/{id}/grants/{clientId}': {
    scope: 'applications:read',
    id: 'getIdentityGrant',
    tag: 'applications',
    summary: 'Get what an identity allowed an application',
    parameters: { id: IDENTITY_ID, clientId: CLIENT_ID },
    answers: { 200: { description: 'The grant.', body: grantResponse, example } },
  },
  'DELETE /admin/identities/{id}/grants/{clientId}': {
    scope: 'applications:write',
    dryRun: DRY_RUN,
    id: 'deleteIdentityGrant',
    tag: 'applications',
    summary: 'Remove the access of an application to an identity',
    description: 'Its tokens are rejected from the next request on. The next sign-in there asks again.',
    parameters: { id: IDENTITY_ID, clientId: CLIENT_ID },
    answers: { 204: { description: 'Access removed.' } },
  },
} satisfies RouteRows;
