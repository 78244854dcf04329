import { handleIdempotent } from '@/lib/api/handle-idempotent';
import { resource } from '@/lib/api/resource';
import { rotateBody, toWebhookResponse } from '@/lib/webhook/contract';
import { toEtag } from '@/lib/webhook/model';
import { rotateWebhookSecret } from '@/lib/webhook/service';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: handleIdempotent(
    'POST /admin/webhooks/{id}/rotate',
    { body: rotateBody, mayBeEmpty: true },
    async ({ actor, params, body, tx }) => {
      const { webhook, secret } = await rotateWebhookSecret(actor, params.id ?? '', { ...body, tx });
      return {
        status: 200,
        headers: { etag: toEtag(webhook) },
        json: { ...toWebhookResponse(webhook), secret },
        resourceId: webhook.id,
        isSecret: true,
      };
    },
  ),
});
