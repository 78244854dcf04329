import { z } from 'zod';
import { handle } from '@/lib/api/handle';
import { flagQuery, keysetQuery, pageByKey } from '@/lib/api/listing';
import { resource } from '@/lib/api/resource';
import { toSessionResponse } from '@/lib/session/contract';
import { listProjectSessionsWithState } from '@/lib/session/service';

/**
 * All sessions of the project, the newest first. Whether one is active follows from several rows and the time, so `active`
 * looks at what a page holds: it may have fewer than `page_size` and still lead on.
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
      return Response.json(
        wanted.map((known) => toSessionResponse(known, context.origin, { withPerson: scopes.has('identities:read') })),
        { headers },
      );
    },
  ),
});
