import { handle } from '@/lib/api/handle';
import { resource } from '@/lib/api/resource';
import { empty, json } from '@/lib/http/answer';
import { toSessionResponse } from '@/lib/session/contract';
import { endSessionById, getSessionWithState } from '@/lib/session/service';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handle('GET /admin/sessions/{id}', {}, async ({ context, params, scopes }) => {
    const known = await getSessionWithState(context.projectId, params.id ?? '');
    return json(toSessionResponse(known, context.origin, { withPerson: scopes.has('identities:read') }));
  }),

  DELETE: handle('DELETE /admin/sessions/{id}', {}, async ({ actor, params }) => {
    await endSessionById(actor, params.id ?? '');
    return empty(204);
  }),
});
