import { adminCommand, type PatchOperation, type RouteParameters } from '@/components/identity/admin-command';
import type { ScopedRoute } from '@/lib/api/routes';
import type { IdentityState } from '@/lib/identity/model';
import type { Json, JsonObject } from '@/lib/platform/json';

/**
 * The admin API calls behind the user pages. The compiler checks each against the API's table of routes, so that every
 * shown call exists.
 */
export function userCommands(origin: string, id: string) {
  const call = caller(origin);
  return {
    get: () => call('GET /admin/identities/{id}', { id }),
    change: (operations: PatchOperation[]) => call('PATCH /admin/identities/{id}', { id }, operations),
    setState: (state: IdentityState) =>
      call('PATCH /admin/identities/{id}', { id }, [{ op: 'replace', path: '/state', value: state }]),
    remove: () => call('DELETE /admin/identities/{id}', { id }),
    purge: () => call('DELETE /admin/identities/{id}', { id }, undefined, '?purge=true'),
    issueRecoveryLink: () => call('POST /admin/recovery/link', {}, { identity_id: id }),
    issueRecoveryCode: () => call('POST /admin/recovery/code', {}, { identity_id: id }),
    renamePasskey: (credentialId: string, name: string) =>
      call('PATCH /admin/identities/{id}/credentials/passkey/{credentialId}', { id, credentialId }, { name }),
    deletePasskey: (credentialId: string) =>
      call('DELETE /admin/identities/{id}/credentials/passkey/{credentialId}', { id, credentialId }),
    endSession: (sessionId: string) => call('DELETE /admin/sessions/{id}', { id: sessionId }),
    endSessions: () => call('DELETE /admin/identities/{id}/sessions', { id }),
  };
}

export function newUserCommand(origin: string, identity: JsonObject): string {
  return caller(origin)('POST /admin/identities', {}, identity);
}

function caller(origin: string) {
  return <Route extends ScopedRoute>(route: Route, parameters: RouteParameters<Route>, body?: Json, query?: string) =>
    adminCommand(origin, route, parameters, body, query);
}
