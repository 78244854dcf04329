import type { Scope } from '@/lib/token/model';

/**
 * Every route of the admin API and the scope its token needs: the one place that says who may call what. A test walks
 * app/api and fails when a route has no line here.
 */
export const POLICY = {
  'GET /admin/identities': 'identities:read',
  'POST /admin/identities': 'identities:write',
  'GET /admin/identities/{id}': 'identities:read',
  'PUT /admin/identities/{id}': 'identities:write',
  'PATCH /admin/identities/{id}': 'identities:write',
  'DELETE /admin/identities/{id}': 'identities:write',
} as const satisfies Record<string, Scope>;

export type RouteName = keyof typeof POLICY;
