import { passkeyResponse } from '@/lib/credential/contract';
import { IDENTITY_ID } from './identities';
import { DRY_RUN, type ParameterNote, type RouteRows } from './route';

const CREDENTIAL_ID: ParameterNote = {
  description: 'The ID of the passkey, or its WebAuthn `credential_id`.',
  example: '019aa1f6-5b0e-7e11-8d0a-94b1d2f0c3e4',
};

const example = {
  id: '019aa1f6-5b0e-7e11-8d0a-94b1d2f0c3e4',
  type: 'passkey',
  credential_id: 'pQ7hJ1wqT0m0d2Jp0mJ0Vw',
  name: 'Work laptop',
  aaguid: 'ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4',
  transports: ['internal', 'hybrid'],
  backup_eligible: true,
  backup_state: true,
  sync_state: 'synced',
  rp_id: 'id.example.com',
  created_at: '2026-01-31T09:30:00.000Z',
  last_used_at: null,
};
const lastWayIn = 'The request is malformed, or this is the only sign-in method of the identity.';

export const credentialRoutes = {
  'GET /admin/identities/{id}/credentials': {
    scope: 'credentials:read',
    id: 'listIdentityCredentials',
    tag: 'credentials',
    summary: 'List credentials of an identity',
    description: 'Passkeys, oldest first. Sign-in by mailed code is not listed.',
    parameters: { id: IDENTITY_ID },
    answers: {
      200: {
        description: 'All passkeys of the identity.',
        body: passkeyResponse.array(),
        headers: ['X-Total-Count'],
        example: [example],
      },
    },
  },
  'PATCH /admin/identities/{id}/credentials/passkey/{credentialId}': {
    scope: 'credentials:write',
    dryRun: DRY_RUN,
    id: 'renameIdentityPasskey',
    tag: 'credentials',
    summary: 'Rename a passkey',
    parameters: { id: IDENTITY_ID, credentialId: CREDENTIAL_ID },
    examples: { rename: { summary: 'New name', value: { name: 'Work laptop' } } },
    answers: { 200: { description: 'The renamed passkey.', body: passkeyResponse, example } },
  },
  'DELETE /admin/identities/{id}/credentials/passkey/{credentialId}': {
    scope: 'credentials:write',
    dryRun: DRY_RUN,
    id: 'deleteIdentityPasskey',
    tag: 'credentials',
    summary: 'Delete a passkey',
    description: 'Notifies its owner by mail.',
    parameters: { id: IDENTITY_ID, credentialId: CREDENTIAL_ID },
    answers: { 204: { description: 'Deleted.' } },
    refusals: { 400: lastWayIn },
  },
  'DELETE /admin/identities/{id}/credentials/{type}': {
    scope: 'credentials:write',
    dryRun: DRY_RUN,
    id: 'deleteIdentityCredentials',
    tag: 'credentials',
    summary: 'Delete a credential by type and identifier',
    description:
      'For compatibility with Kratos clients. The only type is `passkey`; its identifier is the `credential_id`.',
    parameters: {
      id: IDENTITY_ID,
      type: { description: 'The credential type: `passkey`.', example: 'passkey' },
      identifier: { description: 'The `credential_id` of the passkey.', example: 'pQ7hJ1wqT0m0d2Jp0mJ0Vw' },
    },
    answers: { 204: { description: 'Deleted.' } },
    refusals: { 400: lastWayIn },
  },
} satisfies RouteRows;
