import type { Scope } from '@/lib/token/model';

/**
 * Every route of the admin API and the scope its token needs: the one place that says who may call what. A test walks
 * app/api and fails when a route has no line here.
 */
export const POLICY = {
  'GET /admin/identities': 'identities:read',
  'POST /admin/identities': 'identities:write',
  'PATCH /admin/identities': 'identities:write',
  'GET /admin/identities/by/external/{externalId}': 'identities:read',
  'GET /admin/identities/{id}': 'identities:read',
  'PUT /admin/identities/{id}': 'identities:write',
  'PATCH /admin/identities/{id}': 'identities:write',
  'DELETE /admin/identities/{id}': 'identities:write',
  'GET /admin/identities/{id}/sessions': 'sessions:read',
  'DELETE /admin/identities/{id}/sessions': 'sessions:write',
  'GET /admin/identities/{id}/history': 'audit:read',
  'GET /admin/identities/{id}/credentials': 'credentials:read',
  'DELETE /admin/identities/{id}/credentials/{type}': 'credentials:write',
  'PATCH /admin/identities/{id}/credentials/passkey/{credentialId}': 'credentials:write',
  'DELETE /admin/identities/{id}/credentials/passkey/{credentialId}': 'credentials:write',
  'GET /admin/sessions': 'sessions:read',
  'GET /admin/sessions/{id}': 'sessions:read',
  'DELETE /admin/sessions/{id}': 'sessions:write',
  'POST /admin/recovery/link': 'recovery:write',
  'POST /admin/recovery/code': 'recovery:write',
  'GET /admin/audit-events': 'audit:read',
  'POST /admin/schemas': 'schemas:write',
  'PUT /admin/schemas/{id}': 'schemas:write',
} as const satisfies Record<string, Scope>;

export type RouteName = keyof typeof POLICY;
