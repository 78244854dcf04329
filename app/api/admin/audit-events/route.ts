import { z } from 'zod';
import { actorNames } from '@/lib/api/actor-names';
import { handle } from '@/lib/api/handle';
import { keysetQuery, pageByKey } from '@/lib/api/listing';
import { resource } from '@/lib/api/resource';
import { auditFilterQuery, toAuditEventResponse, toAuditFilter } from '@/lib/audit/contract';
import { listSettledEvents } from '@/lib/audit/service';
import { json } from '@/lib/http/answer';

/**
 * The project's audit events, newest first. An unknown filter is refused, because ignoring it would return every event.
 */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handle(
    'GET /admin/audit-events',
    { query: z.strictObject({ ...keysetQuery, ...auditFilterQuery }) },
    async ({ context, query, request }) => {
      const { projectId, origin } = context;
      const filter = toAuditFilter(query);
      const place = { base: `${origin}/admin/audit-events`, request, scope: [projectId, filter] };
      const { items, headers } = await pageByKey(place, query, (before, limit) =>
        listSettledEvents(projectId, filter, { before: before ?? undefined, limit }),
      );
      const names = await actorNames(projectId, items);
      return json(
        items.map((event) => toAuditEventResponse(event, names(event))),
        headers,
      );
    },
  ),
});
