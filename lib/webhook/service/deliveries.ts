import { WEBHOOK_JOB } from '@/lib/audit/model';
import { afterCommit, type Tx, transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { wakeWorker } from '@/lib/platform/job';
import { type DeliveryContent, TEST_TYPE, type Webhook, type WebhookDelivery } from '../model';
import * as rows from '../repository/deliveries';
import { getWebhook } from './change';

/** Refuses: `not_found`. */
export async function getDelivery(
  projectId: string,
  webhookId: string,
  eventId: string,
  tx?: Tx,
): Promise<WebhookDelivery> {
  const { id } = await getWebhook(projectId, webhookId, tx);
  const delivery = await rows.findDelivery(projectId, id, eventId.toLowerCase(), tx);
  if (!delivery) throw new AppError('not_found', { reason: 'No delivery has this ID' });
  return delivery;
}

/** What was sent and answered. */
export async function readContent({ webhookId, eventId }: WebhookDelivery): Promise<DeliveryContent> {
  return (await rows.findContent(webhookId, eventId)) ?? { body: null, answer: null, isErased: false };
}

/** Queues a test event, which is sent once. Refuses: `not_found`, `webhook_off`. */
export async function sendTestEvent(projectId: string, webhookId: string, tx?: Tx): Promise<WebhookDelivery> {
  return transaction(async (inner) => {
    const webhook = await getActive(projectId, webhookId, inner);
    const now = new Date();
    const delivery: WebhookDelivery = {
      webhookId: webhook.id,
      eventId: newId(),
      projectId,
      identityId: null,
      type: TEST_TYPE,
      state: 'waiting',
      attempts: 0,
      nextAttemptAt: now,
      waitsFor: null,
      lastAttemptAt: null,
      deliveredAt: null,
      failedAt: null,
      status: null,
      fault: null,
      durationMillis: null,
      createdAt: now,
    };
    await rows.insertDelivery(inner, delivery);
    afterCommit(inner, () => wakeWorker(WEBHOOK_JOB));
    return delivery;
  }, tx);
}

/**
 * Sends a delivery again, under the same ID, or a waiting one without further delay. Later events of its identity wait
 * for it. Refuses: `not_found`, `webhook_off`.
 */
export async function sendAgain(
  projectId: string,
  webhookId: string,
  eventId: string,
  tx?: Tx,
): Promise<WebhookDelivery> {
  return transaction(async (inner) => {
    const { id } = await getActive(projectId, webhookId, inner);
    const delivery = await getDelivery(projectId, id, eventId, inner);
    await rows.requeueDelivery(inner, delivery, new Date());
    afterCommit(inner, () => wakeWorker(WEBHOOK_JOB));
    return getDelivery(projectId, id, eventId, inner);
  }, tx);
}

async function getActive(projectId: string, id: string, tx: Tx): Promise<Webhook> {
  const webhook = await getWebhook(projectId, id, tx);
  if (!webhook.isActive) throw new AppError('webhook_off');
  return webhook;
}
