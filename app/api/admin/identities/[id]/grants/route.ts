import { handle } from '@/lib/api/handle';
import { resource } from '@/lib/api/resource';
import { toGrantResponse } from '@/lib/grant/contract';
import { listGrants, revokeAllGrants } from '@/lib/grant/service';
import { empty, json } from '@/lib/http/answer';
import { getIdentity } from '@/lib/identity/service';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handle('GET /admin/identities/{id}/grants', {}, async ({ context, params }) => {
    const { id } = await getIdentity(context.projectId, params.id ?? '');
    return json((await listGrants(context.projectId, id)).map(toGrantResponse));
  }),

  DELETE: handle('DELETE /admin/identities/{id}/grants', {}, async ({ actor, params }) => {
    await revokeAllGrants(actor, params.id ?? '');
    return empty(204);
  }),
});
