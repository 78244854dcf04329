import { diffJson } from '@/lib/audit/model';
import { recordEvent } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import { ConcurrentUpdateError, transaction } from '@/lib/platform/db/transaction';
import { mergeEdit } from '@/lib/platform/edit';
import { type WebhookInput, webhookSettings } from '../contract';
import { HEALTHY, type Webhook, type WebhookSettings } from '../model';
import * as rows from '../repository';
import { getForChange, parseInput, subjectOf, toAuditFields, type WebhookOptions } from './change';

type UpdateOptions = WebhookOptions & {
  /** The caller's view of the fields: one changed concurrently is a conflict and is not overwritten. */
  base?: Partial<WebhookSettings> | undefined;
};

/**
 * Changes settings; absent fields are unchanged. Switched on again, an endpoint counts as healthy, and what waited is
 * sent. Refuses: `not_found`, `precondition_failed`, `invalid_input`, `version_conflict` with `conflicts`.
 */
export async function updateWebhook(
  actor: Actor,
  id: string,
  change: Partial<WebhookInput>,
  { base, tx, ...options }: UpdateOptions = {},
): Promise<Webhook> {
  const mine = parseInput(webhookSettings.partial(), change);
  return transaction(async (inner) => {
    const before = await getForChange(actor.projectId, id, options, inner);
    const { url, description, eventTypes, isActive } = before;
    const current = { url, description, eventTypes, isActive };
    const settings = mergeEdit<WebhookSettings>(current, { base: base ?? current, mine });
    const changed = { ...before, ...settings };
    const changes = diffJson(toAuditFields(before), toAuditFields(changed));
    // The shown URL leaves out the path, which may be all that changed.
    if (Object.keys(changes).length === 0 && changed.url === url) return before;
    const now = new Date();
    const after = { ...changed, ...stateOf(before, changed, now), version: before.version + 1, updatedAt: now };
    if (!(await rows.updateWebhook(inner, after, before.version))) throw new ConcurrentUpdateError();
    await recordEvent(inner, actor, { type: 'webhook.updated', details: { ...subjectOf(after), changes } });
    return after;
  }, tx);
}

function stateOf(before: Webhook, after: Webhook, now: Date): Partial<Webhook> {
  // Another receiver has not failed yet.
  const health = before.url === after.url ? {} : HEALTHY;
  if (before.isActive === after.isActive) return health;
  return after.isActive
    ? { ...HEALTHY, offReason: null, offSince: null }
    : { ...health, offReason: 'operator', offSince: now };
}
