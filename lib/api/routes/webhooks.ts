import {
  deliveryDetailResponse,
  deliveryResponse,
  webhookResponse,
  webhookSecretResponse,
} from '@/lib/webhook/contract';
import { IDENTITY_ID } from './identities';
import { KEYSET } from './paging';
import { DRY_RUN, type ParameterNote, type RouteRows } from './route';

const WEBHOOK_ID: ParameterNote = {
  description: 'ID of the webhook.',
  example: '019aa1fa-5b0e-7a31-9f02-7c1d2e3f4a5b',
};
const EVENT_ID: ParameterNote = {
  description: 'ID of the event.',
  example: '019aa1fb-0c2d-7e4f-8a6b-1d3c5e7f9a0b',
};

const example = {
  id: WEBHOOK_ID.example,
  url: 'https://hooks.example.com/signet',
  description: 'Mailing list',
  event_types: ['identity.created', 'identity.updated', 'identity.deleted'],
  active: true,
  off_reason: null,
  off_since: null,
  failing_since: null,
  previous_secret_expires_at: null,
  created_at: '2026-01-31T09:30:00.000Z',
  updated_at: '2026-01-31T09:30:00.000Z',
};
const withSecret = { ...example, secret: 'whsec_b0lnbmV0IHNlY3JldCBvZiBhIHdlYmhvb2sgISEhISE=' };
const delivery = {
  id: EVENT_ID.example,
  webhook_id: WEBHOOK_ID.example,
  type: 'identity.created',
  identity_id: IDENTITY_ID.example,
  state: 'delivered',
  waits_for: null,
  attempts: 1,
  next_attempt_at: null,
  last_attempt_at: '2026-01-31T09:30:01.000Z',
  delivered_at: '2026-01-31T09:30:01.000Z',
  failed_at: null,
  status: 204,
  fault: null,
  duration_ms: 41,
  created_at: '2026-01-31T09:30:00.000Z',
};
const waiting = {
  ...delivery,
  ...{ state: 'waiting', attempts: 0, next_attempt_at: '2026-01-31T09:30:00.000Z', last_attempt_at: null },
  ...{ delivered_at: null, status: null, duration_ms: null },
};
const body = {
  url: example.url,
  description: example.description,
  event_types: example.event_types,
};
const SENT_LATER = { refused: 'A request is sent, which cannot be taken back.' };

export const webhookRoutes = {
  'GET /admin/webhooks': {
    scope: 'webhooks:read',
    id: 'listWebhooks',
    tag: 'webhooks',
    summary: 'List webhooks of the project',
    description: 'Oldest first. A project has at most 20.',
    answers: { 200: { description: 'All webhooks.', body: webhookResponse.array(), example: [example] } },
  },
  'POST /admin/webhooks': {
    scope: 'webhooks:write',
    dryRun: DRY_RUN,
    id: 'createWebhook',
    tag: 'webhooks',
    summary: 'Create a webhook',
    description:
      'Sends the audit events of the project from now on, signed by Standard Webhooks. `event_types`: null or absent for all. The URL must be https; requests to private networks need the setting `SIGNET_PRIVATE_TARGETS`.',
    examples: { some: { summary: 'Some event types', value: body } },
    answers: {
      201: {
        description: 'The webhook with its secret, which is shown this once.',
        body: webhookSecretResponse,
        headers: ['Location', 'ETag'],
        example: withSecret,
      },
    },
    refusals: { 409: 'The project has 20 webhooks, or the key was used for a webhook that exists.' },
  },
  'GET /admin/webhooks/{id}': {
    scope: 'webhooks:read',
    id: 'getWebhook',
    tag: 'webhooks',
    summary: 'Get a webhook',
    parameters: { id: WEBHOOK_ID },
    answers: { 200: { description: 'The webhook.', body: webhookResponse, headers: ['ETag'], example } },
  },
  'PUT /admin/webhooks/{id}': {
    scope: 'webhooks:write',
    dryRun: DRY_RUN,
    id: 'updateWebhook',
    tag: 'webhooks',
    summary: 'Replace the settings of a webhook',
    description:
      'Absent fields get their defaults: no description, all event types, active. What waited while it was off is sent once it is active again.',
    parameters: { id: WEBHOOK_ID },
    requestHeaders: ['If-Match'],
    examples: { off: { summary: 'Switch it off', value: { ...body, active: false } } },
    answers: { 200: { description: 'The webhook.', body: webhookResponse, headers: ['ETag'], example } },
    refusals: { 412: 'The webhook has changed since it was read.' },
  },
  'DELETE /admin/webhooks/{id}': {
    scope: 'webhooks:write',
    dryRun: DRY_RUN,
    id: 'deleteWebhook',
    tag: 'webhooks',
    summary: 'Delete a webhook',
    description: 'Nothing more is sent. Its deliveries are removed.',
    parameters: { id: WEBHOOK_ID },
    requestHeaders: ['If-Match'],
    answers: { 204: { description: 'The webhook is deleted.' } },
    refusals: { 412: 'The webhook has changed since it was read.' },
  },
  'POST /admin/webhooks/{id}/rotate': {
    scope: 'webhooks:write',
    dryRun: DRY_RUN,
    id: 'rotateWebhookSecret',
    tag: 'webhooks',
    summary: 'Rotate the secret of a webhook',
    description:
      'Both secrets sign for `overlap_hours` (default 24, at most 168; 0: only the new one), so that the receiver can change over.',
    parameters: { id: WEBHOOK_ID },
    examples: { hour: { summary: 'Within an hour', value: { overlap_hours: 1 } } },
    answers: {
      200: {
        description: 'The webhook with its new secret, which is shown this once.',
        body: webhookSecretResponse,
        headers: ['ETag'],
        example: { ...withSecret, previous_secret_expires_at: '2026-02-01T09:30:00.000Z' },
      },
    },
    refusals: { 409: 'The key was used for a rotation whose secret was shown.' },
  },
  'POST /admin/webhooks/{id}/test': {
    scope: 'webhooks:write',
    dryRun: SENT_LATER,
    id: 'sendTestEvent',
    tag: 'webhooks',
    summary: 'Send a test event',
    description: 'Sends an event of type `webhook.test`, once. The delivery shows the answer as soon as it is there.',
    parameters: { id: WEBHOOK_ID },
    answers: {
      202: {
        description: 'The delivery.',
        body: deliveryResponse,
        headers: ['Location'],
        example: { ...waiting, type: 'webhook.test', identity_id: null },
      },
    },
    refusals: { 409: 'The webhook is off.' },
  },
  'GET /admin/webhooks/{id}/deliveries': {
    scope: 'webhooks:read',
    id: 'listWebhookDeliveries',
    tag: 'webhooks',
    summary: 'List deliveries of a webhook',
    description: 'Newest first, of the last 30 days.',
    parameters: {
      id: WEBHOOK_ID,
      ...KEYSET,
      state: { description: 'Filter by state.', example: 'failed' },
    },
    answers: {
      200: {
        description: 'A page of deliveries.',
        body: deliveryResponse.array(),
        headers: ['Link'],
        example: [delivery],
      },
    },
  },
  'GET /admin/webhooks/{id}/deliveries/{event}': {
    scope: 'webhooks:read',
    id: 'getWebhookDelivery',
    tag: 'webhooks',
    summary: 'Get a delivery',
    description: 'With what was sent, and the beginning of the last answer.',
    parameters: { id: WEBHOOK_ID, event: EVENT_ID },
    answers: {
      200: {
        description: 'The delivery.',
        body: deliveryDetailResponse,
        example: {
          ...delivery,
          request: { body: '{"type":"identity.created","timestamp":"2026-01-31T09:30:00.000Z","data":{}}' },
          answer: { content_type: null, body: '', is_truncated: false },
        },
      },
    },
  },
  'POST /admin/webhooks/{id}/deliveries/{event}/send-again': {
    scope: 'webhooks:write',
    dryRun: SENT_LATER,
    id: 'sendWebhookDeliveryAgain',
    tag: 'webhooks',
    summary: 'Send a delivery again',
    description:
      'Under the same `webhook-id`; a waiting delivery is tried at once. Later events of the same identity wait for it.',
    parameters: { id: WEBHOOK_ID, event: EVENT_ID },
    answers: {
      202: { description: 'The delivery.', body: deliveryResponse, headers: ['Location'], example: waiting },
    },
    refusals: { 409: 'The webhook is off.' },
  },
} satisfies RouteRows;
