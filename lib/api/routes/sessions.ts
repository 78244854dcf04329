import { sessionResponse } from '@/lib/session/contract';
import { IDENTITY_ID, listedExample } from './identities';
import { KEYSET, PAGES } from './paging';
import { DRY_RUN, type ParameterNote, type RouteRows } from './route';

const SESSION_ID: ParameterNote = {
  description: 'ID of the session.',
  example: '019aa1f5-02d4-7c55-b0a1-6de1f0c2a9b3',
};
const ACTIVE: ParameterNote = {
  description: '`true`: active sessions only; `false`: ended sessions only.',
  example: true,
};

const example = {
  id: '019aa1f5-02d4-7c55-b0a1-6de1f0c2a9b3',
  active: true,
  expires_at: '2026-03-02T09:30:00.000Z',
  authenticated_at: '2026-01-31T09:30:00.000Z',
  authenticator_assurance_level: 'aal1',
  authentication_methods: [{ method: 'passkey', aal: 'aal1', completed_at: '2026-01-31T09:30:00.000Z' }],
  issued_at: '2026-01-31T09:30:00.000Z',
  identity: listedExample,
  devices: [{ id: '019aa1f5-02d4-7c55-b0a1-6de1f0c2a9b3', ip_address: '192.0.2.7', user_agent: 'Mozilla/5.0' }],
};

export const sessionRoutes = {
  'GET /admin/sessions': {
    scope: 'sessions:read',
    id: 'listSessions',
    tag: 'sessions',
    summary: 'List sessions of the project',
    description: 'Newest first. With `active`, a page may have fewer than `page_size` items although more follow.',
    parameters: { ...KEYSET, active: ACTIVE },
    answers: {
      200: { description: 'A page of sessions.', body: sessionResponse.array(), headers: ['Link'], example: [example] },
    },
  },
  'GET /admin/sessions/{id}': {
    scope: 'sessions:read',
    id: 'getSession',
    tag: 'sessions',
    summary: 'Get a session',
    parameters: { id: SESSION_ID },
    answers: { 200: { description: 'The session.', body: sessionResponse, example } },
  },
  'DELETE /admin/sessions/{id}': {
    scope: 'sessions:write',
    dryRun: DRY_RUN,
    id: 'disableSession',
    tag: 'sessions',
    summary: 'Revoke a session',
    description: 'The session is rejected from its next request on.',
    parameters: { id: SESSION_ID },
    answers: { 204: { description: 'Session revoked.' } },
  },
  'GET /admin/identities/{id}/sessions': {
    scope: 'sessions:read',
    id: 'listIdentitySessions',
    tag: 'sessions',
    summary: 'List sessions of an identity',
    parameters: { id: IDENTITY_ID, ...PAGES, ...KEYSET, active: ACTIVE },
    answers: {
      200: {
        description: 'A page of sessions.',
        body: sessionResponse.array(),
        headers: ['Link', 'X-Total-Count?'],
        example: [example],
      },
    },
  },
  'DELETE /admin/identities/{id}/sessions': {
    scope: 'sessions:write',
    dryRun: DRY_RUN,
    id: 'deleteIdentitySessions',
    tag: 'sessions',
    summary: 'Revoke all sessions of an identity',
    description: 'The sessions are rejected from their next request on.',
    parameters: { id: IDENTITY_ID },
    answers: { 204: { description: 'Sessions revoked.' } },
  },
} satisfies RouteRows;
