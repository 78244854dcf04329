import { handle } from '@/lib/api/handle';
import { resource } from '@/lib/api/resource';
import { json } from '@/lib/http/answer';
import { toDeliveryDetailResponse } from '@/lib/webhook/contract';
import { getDelivery, readContent } from '@/lib/webhook/service';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handle('GET /admin/webhooks/{id}/deliveries/{event}', {}, async ({ context, params }) => {
    const delivery = await getDelivery(context.projectId, params.id ?? '', params.event ?? '');
    return json(toDeliveryDetailResponse(delivery, await readContent(delivery)));
  }),
});
