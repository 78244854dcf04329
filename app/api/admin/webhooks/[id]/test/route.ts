import { handleIdempotent } from '@/lib/api/handle-idempotent';
import { resource } from '@/lib/api/resource';
import { toDeliveryResponse } from '@/lib/webhook/contract';
import { sendTestEvent } from '@/lib/webhook/service';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: handleIdempotent('POST /admin/webhooks/{id}/test', {}, async ({ context, params, tx }) => {
    const delivery = await sendTestEvent(context.projectId, params.id ?? '', tx);
    const { webhookId, eventId } = delivery;
    return {
      status: 202,
      headers: { location: `${context.origin}/admin/webhooks/${webhookId}/deliveries/${eventId}` },
      json: toDeliveryResponse(delivery),
      resourceId: eventId,
    };
  }),
});
