import type { z } from 'zod';
import type { Tx } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { checkInput } from '@/lib/platform/input';
import type { JsonObject } from '@/lib/platform/json';
import { satisfiesIfMatch, shownUrl, type Webhook } from '../model';
import * as rows from '../repository';

/** `ifMatch`: an ETag as sent, or null. */
export type WebhookOptions = { ifMatch?: string | null | undefined; tx?: Tx | undefined };

/** Refuses: `not_found`, also for another project's webhook. */
export async function getWebhook(projectId: string, id: string, tx?: Tx): Promise<Webhook> {
  const webhook = await rows.findWebhook(projectId, id.toLowerCase(), tx);
  if (!webhook) throw new AppError('not_found', { reason: 'No webhook has this ID' });
  return webhook;
}

/** Refuses: `not_found`, `precondition_failed`. */
export async function getForChange(
  projectId: string,
  id: string,
  { ifMatch }: WebhookOptions,
  tx: Tx,
): Promise<Webhook> {
  const webhook = await getWebhook(projectId, id, tx);
  if (!satisfiesIfMatch(webhook, ifMatch)) throw new AppError('precondition_failed');
  return webhook;
}

/** Names the webhook in the details of every event about it. */
export function subjectOf({ id, url }: Webhook): { webhook_id: string; url: string } {
  return { webhook_id: id, url: shownUrl(url) };
}

/** The fields recorded in the audit log. The path of a URL may be a secret of the receiver. */
export function toAuditFields({ url, description, eventTypes, isActive }: Webhook): JsonObject {
  return { url: shownUrl(url), description, event_types: eventTypes, active: isActive };
}

/** Refuses: `invalid_input` with the violations. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, value: z.input<Schema>): z.output<Schema> {
  const checked = checkInput(schema, value);
  if (checked.ok) return checked.data;
  const { violations } = checked;
  const reason = violations.map(({ pointer, message }) => `${pointer.slice(1)} ${message}`).join('; ');
  throw new AppError('invalid_input', { reason, violations });
}
