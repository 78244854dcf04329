import { handle } from '@/lib/api/handle';
import { handleIdempotent } from '@/lib/api/handle-idempotent';
import { resource } from '@/lib/api/resource';
import { json } from '@/lib/http/answer';
import { toWebhookResponse, webhookBody } from '@/lib/webhook/contract';
import { toEtag } from '@/lib/webhook/model';
import { createWebhook, listWebhooks } from '@/lib/webhook/service';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handle('GET /admin/webhooks', {}, async ({ context }) =>
    json((await listWebhooks(context.projectId)).map(toWebhookResponse)),
  ),
  POST: handleIdempotent('POST /admin/webhooks', { body: webhookBody }, async ({ actor, context, body, tx }) => {
    const { webhook, secret } = await createWebhook(actor, body, { tx });
    return {
      status: 201,
      headers: { location: `${context.origin}/admin/webhooks/${webhook.id}`, etag: toEtag(webhook) },
      json: { ...toWebhookResponse(webhook), secret },
      resourceId: webhook.id,
      isSecret: true,
    };
  }),
});
