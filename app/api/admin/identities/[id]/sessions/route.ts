import { z } from 'zod';
import { handle } from '@/lib/api/handle';
import { flagQuery, pageOfAll } from '@/lib/api/listing';
import { pageQuery, toPage } from '@/lib/api/pagination';
import { resource } from '@/lib/api/resource';
import { empty, json } from '@/lib/http/answer';
import { toSessionResponse } from '@/lib/session/contract';
import { endAllSessions, listIdentitySessionsWithState } from '@/lib/session/service';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handle(
    'GET /admin/identities/{id}/sessions',
    { query: z.object({ ...pageQuery, active: flagQuery }) },
    async ({ context, params, query, request, scopes }) => {
      const { active } = query;
      const all = await listIdentitySessionsWithState(context.projectId, params.id ?? '');
      const wanted = all.filter(({ isLive }) => active === undefined || isLive === active);
      const base = `${context.origin}/admin/identities/${params.id}/sessions`;
      const place = { base, request, scope: [context.projectId, active ?? null] };
      const { items, headers } = pageOfAll(place, toPage(query), wanted, ({ id }, last) => id < last);
      return json(
        items.map((known) => toSessionResponse(known, context.origin, { withPerson: scopes.has('identities:read') })),
        headers,
      );
    },
  ),

  DELETE: handle('DELETE /admin/identities/{id}/sessions', {}, async ({ actor, params }) => {
    await endAllSessions(actor, params.id ?? '');
    return empty(204);
  }),
});
