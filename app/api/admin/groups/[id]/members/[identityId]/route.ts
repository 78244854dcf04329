import { handle } from '@/lib/api/handle';
import { resource } from '@/lib/api/resource';
import { addMember, removeMember } from '@/lib/group/service';
import { empty } from '@/lib/http/answer';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  PUT: handle('PUT /admin/groups/{id}/members/{identityId}', {}, async ({ actor, params }) => {
    await addMember(actor, params.id ?? '', params.identityId?.toLowerCase() ?? '');
    return empty(204);
  }),

  DELETE: handle('DELETE /admin/groups/{id}/members/{identityId}', {}, async ({ actor, params }) => {
    await removeMember(actor, params.id ?? '', params.identityId?.toLowerCase() ?? '');
    return empty(204);
  }),
});
