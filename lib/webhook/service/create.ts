import { diffJson } from '@/lib/audit/model';
import { recordEvent } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { lockProject } from '@/lib/project/service';
import { type WebhookInput, webhookSettings } from '../contract';
import { HEALTHY, MAX_WEBHOOKS, type Webhook } from '../model';
import * as rows from '../repository';
import { newWebhookSecret } from '../secret';
import { parseInput, subjectOf, toAuditFields } from './change';

/** The only ways to learn a secret are its creation and its rotation. */
export type WithSecret = { webhook: Webhook; secret: string };

/** Creates a webhook with its first secret. Refuses: `invalid_input`, `too_many_webhooks`. */
export async function createWebhook(actor: Actor, input: WebhookInput, { tx }: { tx?: Tx } = {}): Promise<WithSecret> {
  const settings = parseInput(webhookSettings, input);
  const secret = newWebhookSecret();
  return transaction(async (inner) => {
    // Concurrent creations count each other.
    await lockProject(inner, actor.projectId);
    if ((await rows.listWebhooks(actor.projectId, inner)).length >= MAX_WEBHOOKS)
      throw new AppError('too_many_webhooks', { reason: `A project has at most ${MAX_WEBHOOKS} webhooks` });
    const now = new Date();
    const webhook: Webhook = {
      id: newId(),
      projectId: actor.projectId,
      ...settings,
      offReason: settings.isActive ? null : 'operator',
      offSince: settings.isActive ? null : now,
      previousUntil: null,
      version: 1,
      ...HEALTHY,
      createdAt: now,
      updatedAt: now,
    };
    await rows.insertWebhook(inner, webhook, secret);
    const details = { ...subjectOf(webhook), changes: diffJson({}, toAuditFields(webhook)) };
    await recordEvent(inner, actor, { type: 'webhook.created', details });
    return { webhook, secret };
  }, tx);
}
