import { handle } from '@/lib/api/handle';
import { resource } from '@/lib/api/resource';
import { groupBody, toGroupResponse } from '@/lib/group/contract';
import { type Group, toEtag } from '@/lib/group/model';
import { countMembers, deleteGroup, getGroup, updateGroup } from '@/lib/group/service';
import { type Answer, empty, json } from '@/lib/http/answer';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handle('GET /admin/groups/{id}', {}, async ({ context: { projectId }, params }) =>
    answer(await getGroup(projectId, params.id ?? '')),
  ),

  PUT: handle('PUT /admin/groups/{id}', { body: groupBody }, async ({ actor, params, body, preconditions }) =>
    answer(await updateGroup(actor, params.id ?? '', body, preconditions)),
  ),

  DELETE: handle('DELETE /admin/groups/{id}', {}, async ({ actor, params, preconditions }) => {
    await deleteGroup(actor, params.id ?? '', preconditions);
    return empty(204);
  }),
});

async function answer(group: Group): Promise<Answer> {
  return json(toGroupResponse(group, await countMembers(group.projectId, group.id)), { etag: toEtag(group) });
}
