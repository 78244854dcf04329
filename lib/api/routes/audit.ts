import { auditEventResponse } from '@/lib/audit/contract';
import { undoResponse } from '@/lib/undo/contract';
import { IDENTITY_ID, identity, listedExample } from './identities';
import { KEYSET } from './paging';
import { DRY_RUN, type ParameterNote, type RouteRows } from './route';

const span: Record<string, ParameterNote> = {
  type: { description: 'Filter by event type; repeatable.', example: ['identity.created'] },
  actor_type: { description: 'Filter by type of actor.', example: 'api_credential' },
  actor_id: { description: 'Filter by ID of the actor.', example: 'sc_4f2a' },
  job_id: { description: 'Filter by the job that made the change.', example: '019aa1f2-7c22-7d3a-9d55-0f4c2b1e8a79' },
  since: { description: 'Events at or after this time.', example: '2026-01-31T00:00:00Z' },
  until: { description: 'Events before this time.', example: '2026-02-01T00:00:00Z' },
};

const answer = {
  description: 'A page of audit events, newest first.',
  body: auditEventResponse.array(),
  headers: ['Link' as const],
  example: [
    {
      id: '019aa1f2-7c20-7bd4-a6f7-5d1c0e9a2b38',
      type: 'identity.updated',
      actor: { type: 'api_credential', id: 'sc_4f2a', name: 'Customer database' },
      identity_id: '019aa1f2-7c1e-7d3a-9d55-0f4c2b1e8a77',
      occurred_at: '2026-01-31T09:30:00.000Z',
      request_id: '019aa1f2-7c1e-7d3a-9d55-0f4c2b1e8a78',
      address: '192.0.2.7',
      job_id: null,
      changes: [{ pointer: '/traits/name/last', before: 'Doe', after: 'Smith' }],
      details: {},
    },
  ],
};

const historyEvent = auditEventResponse
  .extend({ undo: undoResponse })
  .meta({ id: 'HistoryEvent', description: 'An audit event of an identity, with whether it can be undone.' });

export const auditRoutes = {
  'GET /admin/audit-events': {
    scope: 'audit:read',
    id: 'listAuditEvents',
    tag: 'audit',
    summary: 'List audit events',
    description:
      'Unknown query parameters return 400. To follow the log, repeat the request with `since` set to `occurred_at` of the newest event you have, and skip known events by `id`. An event is listed only once no older one can follow, so changes in progress delay it.',
    parameters: {
      ...KEYSET,
      ...span,
      identity_id: { description: 'Filter by ID of the affected identity.', example: IDENTITY_ID.example },
    },
    answers: { 200: answer },
  },
  'GET /admin/identities/{id}/history': {
    scope: 'audit:read',
    id: 'listIdentityHistory',
    tag: 'audit',
    summary: 'List audit events of an identity',
    description:
      'Includes deleted identities: their events remain, without personal data. `undo` says whether an event can be undone.',
    parameters: { id: IDENTITY_ID, ...KEYSET, ...span },
    answers: {
      200: {
        ...answer,
        body: historyEvent.array(),
        example: answer.example.map((event) => ({ ...event, undo: { possible: true, obstacle: null, event: null } })),
      },
    },
  },
  'POST /admin/identities/{id}/history/{event}/undo': {
    scope: 'identities:write',
    id: 'undoIdentityChange',
    tag: 'identities',
    summary: 'Undo a change of an identity',
    description:
      'Gives the fields of one event their former values: state, traits, schema, metadata, external ID, addresses, and names of passkeys. Other fields keep later changes. It is a new event, with `details.undoes`, and can be undone itself. Undoing `identity.created` deletes the identity, and the response is what it was; undoing `identity.deleted` restores it from the recycle bin. A restored address is unverified, and activating an identity revives no session, code or link.',
    parameters: {
      id: IDENTITY_ID,
      event: { description: 'ID of the event.', example: '019aa1f2-7c20-7bd4-a6f7-5d1c0e9a2b38' },
    },
    requestHeaders: ['If-Match', 'If-None-Match'],
    dryRun: DRY_RUN,
    answers: {
      200: { description: 'The updated identity.', body: identity, headers: ['ETag'], example: listedExample },
    },
    refusals: {
      400: 'The current schema does not allow the former values; see `details.violations`.',
      404: 'The identity does not exist, or the event is not one of its history.',
      409: 'A later change touched the same fields: `details.conflicts` has each with its value before and after the event, its value now, and the later event (values are null without the scope `identities:read`). Or the event cannot be undone: see `details.obstacle`. Or another identity has taken an identifier or the external ID, named in `reason`.',
    },
  },
} satisfies RouteRows;
