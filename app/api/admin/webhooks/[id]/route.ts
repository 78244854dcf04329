import { handle } from '@/lib/api/handle';
import { resource } from '@/lib/api/resource';
import { empty, json } from '@/lib/http/answer';
import { toWebhookResponse, webhookBody } from '@/lib/webhook/contract';
import { toEtag } from '@/lib/webhook/model';
import { deleteWebhook, getWebhook, updateWebhook } from '@/lib/webhook/service';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handle('GET /admin/webhooks/{id}', {}, async ({ context, params }) => {
    const webhook = await getWebhook(context.projectId, params.id ?? '');
    return json(toWebhookResponse(webhook), { etag: toEtag(webhook) });
  }),
  PUT: handle(
    'PUT /admin/webhooks/{id}',
    { body: webhookBody },
    async ({ actor, params, body, preconditions: { ifMatch } }) => {
      const webhook = await updateWebhook(actor, params.id ?? '', body, { ifMatch });
      return json(toWebhookResponse(webhook), { etag: toEtag(webhook) });
    },
  ),
  DELETE: handle('DELETE /admin/webhooks/{id}', {}, async ({ actor, params, preconditions: { ifMatch } }) => {
    await deleteWebhook(actor, params.id ?? '', { ifMatch });
    return empty(204);
  }),
});
