import { handle } from '@/lib/api/handle';
import { resource } from '@/lib/api/resource';
import { toGrantResponse } from '@/lib/grant/contract';
import { getGrant, revokeGrant } from '@/lib/grant/service';
import { empty, json } from '@/lib/http/answer';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handle('GET /admin/identities/{id}/grants/{clientId}', {}, async ({ context, params }) =>
    json(toGrantResponse(await getGrant(context.projectId, params.id ?? '', params.clientId ?? ''))),
  ),

  DELETE: handle('DELETE /admin/identities/{id}/grants/{clientId}', {}, async ({ actor, params }) => {
    await revokeGrant(actor, params.id ?? '', params.clientId ?? '');
    return empty(204);
  }),
});
