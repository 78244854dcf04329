import { z } from 'zod';
import { actorNames } from '@/lib/api/actor-names';
import { handle } from '@/lib/api/handle';
import { keysetQuery, pageByKey } from '@/lib/api/listing';
import { resource } from '@/lib/api/resource';
import { historyFilterQuery, toAuditEventResponse, toAuditFilter } from '@/lib/audit/contract';
import { listEvents, listSettledEvents } from '@/lib/audit/service';
import { json } from '@/lib/http/answer';
import { findIdentity } from '@/lib/identity/service';
import { AppError } from '@/lib/platform/errors';
import { toUndoResponse } from '@/lib/undo/contract';
import { listUndoStates } from '@/lib/undo/service';

/** The audit events of one identity, newest first. For an erased identity too, then without personal details. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handle(
    'GET /admin/identities/{id}/history',
    { query: z.strictObject({ ...keysetQuery, ...historyFilterQuery }) },
    async ({ context, params, query, request }) => {
      const { projectId, origin } = context;
      const identityId = (params.id ?? '').toLowerCase();
      await requireHistory(projectId, identityId);
      const filter = { ...toAuditFilter(query), identityId };
      const place = { base: `${origin}/admin/identities/${identityId}/history`, request, scope: [projectId, filter] };
      const { items, headers } = await pageByKey(place, query, (before, limit) =>
        listSettledEvents(projectId, filter, { before: before ?? undefined, limit }),
      );
      const [names, states] = [await actorNames(projectId, items), await listUndoStates(projectId, items)];
      return json(
        items.map((event) => ({
          ...toAuditEventResponse(event, names(event)),
          undo: toUndoResponse(states.get(event.id)),
        })),
        headers,
      );
    },
  ),
});

/** Refuses: `not_found` for an identity that never existed. */
async function requireHistory(projectId: string, identityId: string): Promise<void> {
  if (await findIdentity(projectId, identityId)) return;
  const [trace] = await listEvents(projectId, { identityId }, { limit: 1 });
  if (!trace) throw new AppError('not_found');
}
