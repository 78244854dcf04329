import { recordEvent } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import { transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import * as rows from '../repository';
import { getForChange, subjectOf, type WebhookOptions } from './change';

/**
 * Deletes a webhook: nothing more is sent, and a job removes its deliveries. Refuses: `not_found`,
 * `precondition_failed`.
 */
export async function deleteWebhook(actor: Actor, id: string, { tx, ...options }: WebhookOptions = {}): Promise<void> {
  await transaction(async (inner) => {
    const webhook = await getForChange(actor.projectId, id, options, inner);
    if (!(await rows.markDeleted(inner, webhook, new Date()))) throw new AppError('not_found');
    await recordEvent(inner, actor, { type: 'webhook.deleted', details: subjectOf(webhook) });
  }, tx);
}
