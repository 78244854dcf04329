import { findEvent } from '@/lib/audit/service';
import { errorFields, log } from '@/lib/platform/log';
import { metrics } from '@/lib/platform/metrics';
import { type OutboundAnswer, OutboundError, type OutboundOptions, sendOutbound } from '@/lib/platform/outbound/send';
import {
  afterFailure,
  HEALTHY,
  isDoubtful,
  isSuccess,
  nextAttempt,
  TEST_TYPE,
  type Webhook,
  type WebhookDelivery,
} from '../model';
import { messageOf } from '../model/message';
import * as endpoints from '../repository';
import * as rows from '../repository/deliveries';
import { messageHeaders } from '../secret';
import { switchOff } from './switch-off';

/** For tests: the connection, and the time. */
export type DeliverOptions = Pick<OutboundOptions, 'resolve' | 'ca' | 'timeoutMillis'> & { now?: () => Date };

type Outcome = { answer: OutboundAnswer | null; fault: string | null };

/**
 * Sends one delivery and records the outcome; resolves to the time of the next attempt, or to null if it is delivered or
 * given up. Changes `webhook` to its state afterwards.
 */
export async function attempt(
  webhook: Webhook,
  delivery: WebhookDelivery,
  options: DeliverOptions,
): Promise<Date | null> {
  const now = options.now?.() ?? new Date();
  const body = await bodyOf(delivery);
  const secrets = await endpoints.findSecrets(webhook.id, now);
  const startedAt = performance.now();
  const outcome = await send(
    webhook.url,
    messageHeaders(secrets, { id: delivery.eventId, sentAt: now, body }),
    body,
    options,
  );
  const durationMillis = Math.round(performance.now() - startedAt);
  const status = outcome.answer?.status ?? null;
  const isDelivered = isSuccess(status);
  const isTest = delivery.type === TEST_TYPE;
  const attempts = delivery.attempts + 1;
  const nextAttemptAt = isDelivered || isTest ? null : nextAttempt({ ...delivery, attempts }, now, Math.random());
  const state = isDelivered ? 'delivered' : nextAttemptAt ? 'waiting' : 'failed';
  const { answer, fault } = outcome;
  const shown = answer && { contentType: answer.contentType, body: answer.body, isTruncated: answer.isTruncated };
  await rows.recordAttempt(delivery, {
    body,
    answer: shown,
    status,
    fault,
    at: now,
    durationMillis,
    state,
    nextAttemptAt,
  });
  metrics().webhooks.inc({ outcome: isDelivered ? 'delivered' : state === 'failed' ? 'failed' : 'postponed' });
  log[isDelivered ? 'debug' : 'info']('webhook attempted', {
    webhook_id: webhook.id,
    event_id: delivery.eventId,
    attempts,
    status,
    fault,
    state,
  });
  // A test says nothing about the events, which may be refused for their content.
  if (!isTest || isDelivered) await recordHealth(webhook, outcome, now);
  return nextAttemptAt;
}

/** Retries send what was sent first, unless it was erased since. */
async function bodyOf(delivery: WebhookDelivery): Promise<string> {
  const content = await rows.findContent(delivery.webhookId, delivery.eventId);
  if (content?.body) return content.body;
  const event = delivery.type === TEST_TYPE ? null : await findEvent(delivery.projectId, delivery.eventId);
  return messageOf(delivery, event);
}

async function send(
  url: string,
  headers: Record<string, string>,
  body: string,
  { resolve, ca, timeoutMillis }: DeliverOptions,
): Promise<Outcome> {
  try {
    const request = { url, headers: { 'user-agent': 'Signet-Webhooks', ...headers }, body };
    return { answer: await sendOutbound(request, { resolve, ca, timeoutMillis }), fault: null };
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    log.debug('webhook request failed', errorFields(error.cause));
    return { answer: null, fault: error.fault };
  }
}

async function recordHealth(webhook: Webhook, { answer }: Outcome, now: Date): Promise<void> {
  const { failures, failingSince, pausedUntil } = webhook;
  if (isSuccess(answer?.status ?? null)) {
    if (failures === 0) return;
    // What failed while the endpoint was down is due again, before newer events of other identities.
    if (isDoubtful(webhook)) await rows.makeAllDue(webhook.id, now);
    Object.assign(webhook, HEALTHY);
    await endpoints.writeHealth(webhook.id, HEALTHY);
    return;
  }
  const facts = { status: answer?.status ?? null, retryAfterSeconds: answer?.retryAfterSeconds ?? null };
  const { off, ...health } = afterFailure({ failures, failingSince, pausedUntil }, facts, now, Math.random());
  Object.assign(webhook, health);
  await endpoints.writeHealth(webhook.id, health);
  if (off) {
    webhook.isActive = false;
    await switchOff(webhook, off, now);
  }
}
