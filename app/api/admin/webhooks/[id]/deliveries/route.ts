import { z } from 'zod';
import { handle } from '@/lib/api/handle';
import { keysetQuery, pageByKey } from '@/lib/api/listing';
import { resource } from '@/lib/api/resource';
import { json } from '@/lib/http/answer';
import { toDeliveryResponse } from '@/lib/webhook/contract';
import { DELIVERY_STATES } from '@/lib/webhook/model';
import { getWebhook, listDeliveries } from '@/lib/webhook/service';

const state = z.array(z.enum(DELIVERY_STATES, 'is not a known state')).max(1).optional();

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handle(
    'GET /admin/webhooks/{id}/deliveries',
    { query: z.strictObject({ ...keysetQuery, state }) },
    async ({ context, params, query, request }) => {
      const { projectId, origin } = context;
      const { id } = await getWebhook(projectId, params.id ?? '');
      const wanted = query.state?.[0];
      const place = { base: `${origin}/admin/webhooks/${id}/deliveries`, request, scope: [projectId, id, wanted] };
      const { items, headers } = await pageByKey(place, query, async (before, limit) => {
        const found = await listDeliveries(projectId, id, { state: wanted, before: before ?? undefined, limit });
        return found.map(toDeliveryResponse);
      });
      return json(items, headers);
    },
  ),
});
