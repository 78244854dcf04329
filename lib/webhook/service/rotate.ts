import { recordEvent } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import { ConcurrentUpdateError, transaction } from '@/lib/platform/db/transaction';
import { overlapHours as overlap } from '../contract';
import * as rows from '../repository';
import { newWebhookSecret } from '../secret';
import { getForChange, parseInput, subjectOf, type WebhookOptions } from './change';
import type { WithSecret } from './create';

/**
 * Replaces the secret. Both secrets sign for `overlapHours` (0: only the new one, from now on); an older one that still
 * signed ends. Refuses: `not_found`, `precondition_failed`, `invalid_input`.
 */
export async function rotateWebhookSecret(
  actor: Actor,
  id: string,
  { overlapHours, tx, ...options }: WebhookOptions & { overlapHours: number },
): Promise<WithSecret> {
  const hours = parseInput(overlap, overlapHours);
  const secret = newWebhookSecret();
  return transaction(async (inner) => {
    const before = await getForChange(actor.projectId, id, options, inner);
    const now = new Date();
    const previousUntil = hours === 0 ? null : new Date(now.getTime() + hours * 3_600_000);
    const webhook = { ...before, previousUntil, version: before.version + 1, updatedAt: now };
    if (!(await rows.replaceSecret(inner, webhook, before.version, secret))) throw new ConcurrentUpdateError();
    const details = { ...subjectOf(webhook), previous_ends_at: (previousUntil ?? now).toISOString() };
    await recordEvent(inner, actor, { type: 'webhook.rotated', details });
    return { webhook, secret };
  }, tx);
}
