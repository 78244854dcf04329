import { z } from 'zod';
import { AUDIT_EVENT_TYPES } from '@/lib/audit/model';
import { isOutboundUrl } from '@/lib/platform/outbound/url';
import { nameFault } from '@/lib/platform/text';
import {
  DELIVERY_STATES,
  type DeliveryContent,
  MAX_DESCRIPTION_LENGTH,
  MAX_OVERLAP_HOURS,
  OFF_REASONS,
  type Webhook,
  type WebhookDelivery,
} from './model';

const url = z
  .string()
  .trim()
  .refine(isOutboundUrl, 'must be an https:// URL (http:// only on this machine), without user, password and fragment');
const description = z
  .string()
  .trim()
  .max(MAX_DESCRIPTION_LENGTH)
  .refine((value) => value === '' || nameFault(value) === null, 'contains characters that cannot be displayed');
const eventTypes = z
  .array(z.enum(AUDIT_EVENT_TYPES, 'is not a known event type'))
  .min(1, 'at least one event type, or null for all')
  .max(AUDIT_EVENT_TYPES.length)
  .transform((types) => AUDIT_EVENT_TYPES.filter((type) => types.includes(type)))
  .nullable();

/** Input of the services. Absent fields are unchanged. */
export const webhookSettings = z.strictObject({ url, description, eventTypes, isActive: z.boolean() });
export type WebhookInput = z.input<typeof webhookSettings>;

export const overlapHours = z.number().min(0).max(MAX_OVERLAP_HOURS);

/** POST and PUT: an absent field has its default, as PUT replaces. */
export const webhookBody = z
  .strictObject({
    url,
    description: description.default(''),
    event_types: eventTypes.default(null),
    active: z.boolean().default(true),
  })
  .transform(({ event_types, active, ...rest }) => ({ ...rest, eventTypes: event_types, isActive: active }));

export const rotateBody = z
  .strictObject({ overlap_hours: overlapHours.default(24) })
  .transform(({ overlap_hours }) => ({ overlapHours: overlap_hours }));

export const webhookResponse = z
  .object({
    id: z.string(),
    url: z.string(),
    description: z.string(),
    event_types: z.enum(AUDIT_EVENT_TYPES).array().nullable().meta({ description: 'Null: all.' }),
    active: z.boolean(),
    off_reason: z.enum(OFF_REASONS).nullable().meta({ description: 'Why it is off; null while it is active.' }),
    off_since: z.iso.datetime().nullable(),
    failing_since: z.iso.datetime().nullable().meta({ description: 'Since when no delivery succeeded.' }),
    previous_secret_expires_at: z.iso.datetime().nullable().meta({
      description: 'Until when the secret before the last rotation signs too.',
    }),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  })
  .meta({ id: 'Webhook', description: 'A URL that is sent the events of the project. Its secret is shown once.' });

export const webhookSecretResponse = webhookResponse
  .extend({ secret: z.string().meta({ description: 'Shown this once.' }) })
  .meta({ id: 'WebhookWithSecret', description: 'A webhook with the secret that signs its requests.' });

const text = (date: Date | null) => date?.toISOString() ?? null;

export function toWebhookResponse(webhook: Webhook): z.output<typeof webhookResponse> {
  const { id, url, description, eventTypes, isActive, offReason, offSince, failingSince } = webhook;
  return {
    id,
    url,
    description,
    event_types: eventTypes,
    active: isActive,
    off_reason: offReason,
    off_since: text(offSince),
    failing_since: text(failingSince),
    previous_secret_expires_at: text(webhook.previousUntil),
    created_at: webhook.createdAt.toISOString(),
    updated_at: webhook.updatedAt.toISOString(),
  };
}

export const deliveryResponse = z
  .object({
    id: z.string().meta({ description: 'ID of the audit event, and `webhook-id` of the request.' }),
    webhook_id: z.string(),
    type: z.string(),
    identity_id: z.string().nullable(),
    state: z.enum(DELIVERY_STATES),
    waits_for: z.string().nullable().meta({
      description: 'ID of an earlier event of the same identity that must be delivered first.',
    }),
    attempts: z.int(),
    next_attempt_at: z.iso.datetime().nullable(),
    last_attempt_at: z.iso.datetime().nullable(),
    delivered_at: z.iso.datetime().nullable(),
    failed_at: z.iso.datetime().nullable(),
    status: z.int().nullable().meta({ description: 'HTTP status of the last answer.' }),
    fault: z.string().nullable().meta({ description: 'Why there was no answer, such as `timeout`.' }),
    duration_ms: z.int().nullable(),
    created_at: z.iso.datetime(),
  })
  .meta({ id: 'WebhookDelivery', description: 'An event for a webhook. Kept for 30 days.' });

export const deliveryDetailResponse = deliveryResponse
  .extend({
    request: z
      .object({ body: z.string() })
      .nullable()
      .meta({ description: 'Null before the first attempt, and once the identity is deleted permanently.' }),
    answer: z
      .object({ content_type: z.string().nullable(), body: z.string(), is_truncated: z.boolean() })
      .nullable()
      .meta({ description: 'The first 2 kB of the last answer.' }),
  })
  .meta({ id: 'WebhookDeliveryDetail', description: 'A delivery with what was sent and answered.' });

export function toDeliveryResponse(delivery: WebhookDelivery): z.output<typeof deliveryResponse> {
  const { eventId, webhookId, type, identityId, state, waitsFor, attempts, status, fault } = delivery;
  return {
    id: eventId,
    webhook_id: webhookId,
    type,
    identity_id: identityId,
    state,
    waits_for: waitsFor,
    attempts,
    next_attempt_at: text(delivery.nextAttemptAt),
    last_attempt_at: text(delivery.lastAttemptAt),
    delivered_at: text(delivery.deliveredAt),
    failed_at: text(delivery.failedAt),
    status,
    fault,
    duration_ms: delivery.durationMillis,
    created_at: delivery.createdAt.toISOString(),
  };
}

export function toDeliveryDetailResponse(
  delivery: WebhookDelivery,
  { body, answer }: DeliveryContent,
): z.output<typeof deliveryDetailResponse> {
  return {
    ...toDeliveryResponse(delivery),
    request: body === null ? null : { body },
    answer: answer && { content_type: answer.contentType, body: answer.body, is_truncated: answer.isTruncated },
  };
}
