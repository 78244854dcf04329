import { z } from 'zod';
import { handle } from '@/lib/api/handle';
import { flagQuery, keysetQuery, pageByKey } from '@/lib/api/listing';
import { resource } from '@/lib/api/resource';
import { json } from '@/lib/http/answer';
import { toSessionResponse } from '@/lib/session/contract';
import { listProjectSessionsWithState } from '@/lib/session/service';

/**
 * All sessions of the project, newest first. Whether a session is active depends on several rows and the time, so
 * `active` filters each page after it is read: a page may have fewer than `page_size` items and still have a next one.
 */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handle(
    'GET /admin/sessions',
    { query: z.object({ ...keysetQuery, active: flagQuery }) },
    async ({ context, query, request, scopes }) => {
      const { active } = query;
      const place = { base: `${context.origin}/admin/sessions`, request, scope: [context.projectId, active ?? null] };
      const { items, headers } = await pageByKey(place, query, (before, limit) =>
        listProjectSessionsWithState(context.projectId, before, limit),
      );
      const wanted = items.filter(({ isLive }) => active === undefined || isLive === active);
      return json(
        wanted.map((known) => toSessionResponse(known, context.origin, { withPerson: scopes.has('identities:read') })),
        headers,
      );
    },
  ),
});
