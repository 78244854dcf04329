import { auditEventResponse } from '@/lib/audit/contract';
import { IDENTITY_ID } from './identities';
import { KEYSET } from './paging';
import type { ParameterNote, RouteRows } from './route';

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
    description: 'Includes deleted identities: their events remain, without personal data.',
    parameters: { id: IDENTITY_ID, ...KEYSET, ...span },
    answers: { 200: answer },
  },
} satisfies RouteRows;
