import { sessionResponse } from '@/lib/session/contract';
import { IDENTITY_ID, listedExample } from './identities';
import { KEYSET, PAGES } from './paging';
import type { AdminOperations, ParameterNote } from './route';

const SESSION_ID: ParameterNote = {
  description: 'The id of the session.',
  example: '019aa1f5-02d4-7c55-b0a1-6de1f0c2a9b3',
};
const ACTIVE: ParameterNote = { description: 'Only sessions that are, or are not, open.', example: true };

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

export const sessionOperations: AdminOperations = {
  'GET /admin/sessions': {
    id: 'listSessions',
    tag: 'sessions',
    summary: 'List the sessions of the project',
    description: 'The newest first. With `active` a page may have fewer than `page_size` and still lead on.',
    parameters: { ...KEYSET, active: ACTIVE },
    answers: {
      200: { description: 'A page of the list.', body: sessionResponse.array(), headers: ['Link'], example: [example] },
    },
  },
  'GET /admin/sessions/{id}': {
    id: 'getSession',
    tag: 'sessions',
    summary: 'Get a session',
    parameters: { id: SESSION_ID },
    answers: { 200: { description: 'The session.', body: sessionResponse, example } },
  },
  'DELETE /admin/sessions/{id}': {
    id: 'disableSession',
    tag: 'sessions',
    summary: 'End a session',
    description: 'It is over from its next request on.',
    parameters: { id: SESSION_ID },
    answers: { 204: { description: 'It is over.' } },
  },
  'GET /admin/identities/{id}/sessions': {
    id: 'listIdentitySessions',
    tag: 'sessions',
    summary: 'List the sessions of an identity',
    parameters: { id: IDENTITY_ID, ...PAGES, ...KEYSET, active: ACTIVE },
    answers: {
      200: {
        description: 'A page of the list.',
        body: sessionResponse.array(),
        headers: ['Link', 'X-Total-Count?'],
        example: [example],
      },
    },
  },
  'DELETE /admin/identities/{id}/sessions': {
    id: 'deleteIdentitySessions',
    tag: 'sessions',
    summary: 'End all sessions of an identity',
    description: 'They are over from their next request on.',
    parameters: { id: IDENTITY_ID },
    answers: { 204: { description: 'They are over.' } },
  },
};
