import { z } from 'zod';
import { handle } from '@/lib/api/handle';
import { keysetQuery, pageByKey } from '@/lib/api/listing';
import { resource } from '@/lib/api/resource';
import { toGroupMemberResponse } from '@/lib/group/contract';
import { getGroup, listMembers } from '@/lib/group/service';
import { json } from '@/lib/http/answer';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handle(
    'GET /admin/groups/{id}/members',
    { query: z.strictObject(keysetQuery) },
    async ({ context: { projectId, origin }, params, query, request }) => {
      const { id } = await getGroup(projectId, params.id ?? '');
      const place = { base: `${origin}/admin/groups/${id}/members`, request, scope: [projectId, id] };
      const { items, headers } = await pageByKey(place, query, async (after, limit) => {
        const members = await listMembers(projectId, id, { after, limit });
        return members.map((member) => ({ ...member, id: member.identityId }));
      });
      return json(items.map(toGroupMemberResponse), headers);
    },
  ),
});
