import { z } from 'zod';
import { handle } from '@/lib/api/handle';
import { handleIdempotent } from '@/lib/api/handle-idempotent';
import { keysetQuery, pageByKey } from '@/lib/api/listing';
import { resource } from '@/lib/api/resource';
import { groupBody, groupFilterQuery, toGroupResponse } from '@/lib/group/contract';
import { toEtag } from '@/lib/group/model';
import { countMembersOf, createGroup, listGroupsAfter } from '@/lib/group/service';
import { json } from '@/lib/http/answer';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handle(
    'GET /admin/groups',
    { query: z.strictObject({ ...keysetQuery, ...groupFilterQuery }) },
    async ({ context: { projectId, origin }, query, request }) => {
      const memberId = query.identity_id;
      const place = { base: `${origin}/admin/groups`, request, scope: [projectId, memberId ?? null] };
      const { items, headers } = await pageByKey(place, query, (after, limit) =>
        listGroupsAfter(projectId, { memberId, after, limit }),
      );
      const counts = await countMembersOf(
        projectId,
        items.map(({ id }) => id),
      );
      return json(
        items.map((group) => toGroupResponse(group, counts.get(group.id) ?? 0)),
        headers,
      );
    },
  ),

  POST: handleIdempotent('POST /admin/groups', { body: groupBody }, async ({ actor, context, body, tx }) => {
    const group = await createGroup(actor, body, { tx });
    return {
      status: 201,
      headers: { location: `${context.origin}/admin/groups/${group.id}`, etag: toEtag(group) },
      json: toGroupResponse(group, 0),
      resourceId: group.id,
    };
  }),
});
