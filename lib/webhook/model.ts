import type { AuditEventType } from '@/lib/audit/model';
import { backOffSeconds } from '@/lib/platform/back-off';
import { etagMatches } from '@/lib/platform/entity-tag';

/** Webhooks of a project. Each event is written once for each of them. */
export const MAX_WEBHOOKS = 20;
export const MAX_DESCRIPTION_LENGTH = 200;
/** Of a rotated secret. */
export const MAX_OVERLAP_HOURS = 7 * 24;
/** Deliveries are kept for this time, with what was sent and answered. */
export const KEPT_DAYS = 30;
/** The type of an event that an operator or program sends to try an endpoint. */
export const TEST_TYPE = 'webhook.test';

/** `operator`: an operator or program switched it off; `failing`: no delivery succeeded for three days; `gone`: 410. */
export const OFF_REASONS = ['operator', 'failing', 'gone'] as const;
export type OffReason = (typeof OFF_REASONS)[number];

/** An endpoint that is sent the project's audit events. Its secrets never leave the repository and the sender. */
export type Webhook = {
  id: string;
  projectId: string;
  url: string;
  description: string;
  /** Null: all. */
  eventTypes: AuditEventType[] | null;
  isActive: boolean;
  /** Null while it is active. */
  offReason: OffReason | null;
  offSince: Date | null;
  /** Until when the secret before the last rotation signs too; null: there is none. */
  previousUntil: Date | null;
  /** Raised by every change an operator or program makes. */
  version: number;
  /** Failed attempts since the last success. */
  failures: number;
  failingSince: Date | null;
  /** No attempt is made before. */
  pausedUntil: Date | null;
  createdAt: Date;
  updatedAt: Date;
};

export type WebhookSettings = Pick<Webhook, 'url' | 'description' | 'eventTypes' | 'isActive'>;

/** `waiting` includes those that are retried. */
export const DELIVERY_STATES = ['waiting', 'delivered', 'failed'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export type WebhookDelivery = {
  webhookId: string;
  /** ID of the audit event, and of the message. */
  eventId: string;
  projectId: string;
  identityId: string | null;
  /** An audit event type, also of another version, or `TEST_TYPE`. */
  type: string;
  state: DeliveryState;
  attempts: number;
  /** Null unless it is waiting. */
  nextAttemptAt: Date | null;
  /** The earlier event of the same identity that must be delivered first, or null. */
  waitsFor: string | null;
  lastAttemptAt: Date | null;
  deliveredAt: Date | null;
  failedAt: Date | null;
  /** HTTP status of the last answer; null: there was none. */
  status: number | null;
  /** Why there was no answer: an `OutboundFault`. */
  fault: string | null;
  durationMillis: number | null;
  createdAt: Date;
};

/** The beginning of an answer. */
export type ReceivedAnswer = { contentType: string | null; body: string; isTruncated: boolean };

/** What was sent and answered. `body` is null before the first attempt and after an erasure. */
export type DeliveryContent = { body: string | null; answer: ReceivedAnswer | null; isErased: boolean };

export function toEtag({ version }: Pick<Webhook, 'version'>): string {
  return `"${version}"`;
}

/** RFC 9110 §13.1.1. `ifMatch`: as sent, or null. */
export function satisfiesIfMatch(webhook: Pick<Webhook, 'version'>, ifMatch: string | null | undefined): boolean {
  return typeof ifMatch !== 'string' || etagMatches(toEtag(webhook), ifMatch, { weakly: false });
}

/**
 * A URL without its path, for lists, mails and the audit log: many receivers recognize their sender by a secret path.
 */
export function shownUrl(url: string): string {
  const { origin, pathname, search } = new URL(url);
  return pathname === '/' && search === '' ? origin : `${origin}/…`;
}

const DAY_MILLIS = 24 * 60 * 60 * 1000;
/** How long a delivery is retried, and how long an endpoint may fail. */
const RETRY_DAYS = 3;
const MAX_PAUSE_SECONDS = 6 * 60 * 60;
/** A delivery that waited for its endpoint is tried this often even when it is older. */
const MIN_ATTEMPTS = 5;

/** The time of the next attempt after a failure, or null to give up. `attempts` includes the failed one. */
export function nextAttempt(
  { attempts, createdAt }: Pick<WebhookDelivery, 'attempts' | 'createdAt'>,
  now: Date,
  random: number,
): Date | null {
  const isOld = now.getTime() - createdAt.getTime() >= RETRY_DAYS * DAY_MILLIS;
  if (isOld && attempts >= MIN_ATTEMPTS) return null;
  return new Date(now.getTime() + backOffSeconds(attempts, MAX_PAUSE_SECONDS, random) * 1000);
}

/** What sending to an endpoint depends on. */
export type EndpointHealth = Pick<Webhook, 'failures' | 'failingSince' | 'pausedUntil'>;
export const HEALTHY: EndpointHealth = { failures: 0, failingSince: null, pausedUntil: null };

/** Failures in a row that pause all deliveries to an endpoint, so that one that is down is not asked for each event. */
const FAILURES_BEFORE_PAUSE = 3;
const MAX_ENDPOINT_PAUSE_SECONDS = 30 * 60;
const MAX_RETRY_AFTER_SECONDS = 60 * 60;

/** The state of an endpoint after a failed attempt, and why it is switched off, or null. */
export function afterFailure(
  before: EndpointHealth,
  { status, retryAfterSeconds }: { status: number | null; retryAfterSeconds: number | null },
  now: Date,
  random: number,
): EndpointHealth & { off: Exclude<OffReason, 'operator'> | null } {
  const failures = before.failures + 1;
  const failingSince = before.failingSince ?? now;
  const rank = failures - FAILURES_BEFORE_PAUSE;
  const pause = rank < 0 ? 0 : backOffSeconds(rank + 1, MAX_ENDPOINT_PAUSE_SECONDS, random);
  const seconds = Math.max(pause, Math.min(retryAfterSeconds ?? 0, MAX_RETRY_AFTER_SECONDS));
  const pausedUntil = seconds === 0 ? null : new Date(now.getTime() + seconds * 1000);
  const hasFailedTooLong = now.getTime() - failingSince.getTime() >= RETRY_DAYS * DAY_MILLIS;
  return { failures, failingSince, pausedUntil, off: status === 410 ? 'gone' : hasFailedTooLong ? 'failing' : null };
}

/** Whether the endpoint gets one request at a time, until one succeeds. */
export function isDoubtful({ failures }: EndpointHealth): boolean {
  return failures >= FAILURES_BEFORE_PAUSE;
}

export function isSuccess(status: number | null): boolean {
  return status !== null && status >= 200 && status < 300;
}
