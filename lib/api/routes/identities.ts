import { z } from 'zod';
import { credentialsBlockResponse } from '@/lib/credential/contract';
import { identityResponse } from '@/lib/identity/contract';
import { problem } from '../openapi/errors';
import { KEYSET, PAGES } from './paging';
import type { AdminOperations, ParameterNote } from './route';

export const IDENTITY_ID: ParameterNote = {
  description: 'The id of the identity. What is no UUID is the id of nobody: 404.',
  example: '019aa1f2-7c1e-7d3a-9d55-0f4c2b1e8a77',
};

export const identity = identityResponse
  .extend({
    credentials: credentialsBlockResponse.optional().meta({ description: 'Where one identity is read or changed.' }),
  })
  .meta({ id: 'Identity', description: 'Somebody of the project.' });

const traits = { email: 'john.doe@example.com', name: { first: 'John', last: 'Doe' } };
const times = { created_at: '2026-01-31T09:30:00.000Z', updated_at: '2026-01-31T09:30:00.000Z' };
export const listedExample = {
  id: '019aa1f2-7c1e-7d3a-9d55-0f4c2b1e8a77',
  schema_id: 'default',
  schema_url: 'https://id.example.com/schemas/ZGVmYXVsdA',
  state: 'active',
  state_changed_at: '2026-01-31T09:30:00.000Z',
  traits,
  verifiable_addresses: [
    {
      id: '019aa1f2-7c1f-7a02-8c41-3a1d7a0e4b19',
      value: 'john.doe@example.com',
      verified: true,
      via: 'email',
      status: 'completed',
      verified_at: '2026-01-31T09:31:12.000Z',
      ...times,
    },
  ],
  recovery_addresses: [
    { id: '019aa1f2-7c1f-7a02-8c41-3a1d7a0e4b1a', value: 'john.doe@example.com', via: 'email', ...times },
  ],
  metadata_public: null,
  metadata_admin: { customer: 4711 },
  external_id: 'crm-4711',
  organization_id: null,
  ...times,
};
export const identityExample = { ...listedExample, credentials: {} };

const taken = 'An identifier or the external id is already in use by another identity.';
const changed = { description: 'The identity as it is now.', body: identity, headers: ['ETag' as const] };

const include_credential = {
  description:
    'Credential types to return with their configuration; repeatable. Only passkeys have one; they also need `credentials:read`.',
  example: ['passkey'],
};
const read = {
  200: { description: 'The identity.', body: identity, headers: ['ETag' as const], example: identityExample },
  304: { description: 'It is still a version that is known.', headers: ['ETag' as const] },
};

const batch = z.object({
  identities: z.array(
    z
      .object({
        action: z.enum(['create', 'error']),
        identity: z.uuid().optional().meta({ description: 'The id of the new identity.' }),
        patch_id: z.uuid().optional().meta({ description: 'As it was sent.' }),
        error: problem.optional().meta({ description: 'Why there is none.' }),
      })
      .nullable(),
  ),
});
const batchExample = {
  identities: [
    { action: 'create', identity: listedExample.id, patch_id: 'b1f2b7a5-6a54-4c47-b7bd-7a2f0f5b9d11' },
    {
      action: 'error',
      patch_id: '0d1b3f0e-4b11-4f3b-9d5a-8c4d6c0c1f22',
      error: {
        code: 409,
        status: 'Conflict',
        request: '019aa1f2-7c1e-7d3a-9d55-0f4c2b1e8a77',
        message: 'This identity conflicts with another identity that already exists',
      },
    },
  ],
};

const filters: Record<string, ParameterNote> = {
  ids: {
    description: 'Only these identities, at most 500; repeat the parameter.',
    example: ['019aa1f2-7c1e-7d3a-9d55-0f4c2b1e8a77'],
  },
  credentials_identifier: {
    description: 'Only who signs in with exactly this address, in any case.',
    example: 'john.doe@example.com',
  },
  preview_credentials_identifier_similar: {
    description: 'Only who signs in with an address that begins like this, in any case.',
    example: 'john.',
  },
  q: {
    description: 'Words, at most 8: each is to be found somewhere in addresses, traits or external id, in any case.',
    example: 'john doe',
  },
  state: { description: 'Only identities in this state.', example: 'active' },
  schema_id: { description: 'Only identities of this schema.', example: 'default' },
};

const paging: Record<string, ParameterNote> = {
  ...PAGES,
  ...KEYSET,
  count: { description: '`exact`: count all while walking by `page_token`.', example: ['exact'] },
};

export const identityOperations: AdminOperations = {
  'GET /admin/identities': {
    id: 'listIdentities',
    tag: 'identities',
    summary: 'List identities',
    description:
      'By `page` and `per_page`, or, faster in long lists, by `page_size` and then the `page_token` of the link `next`. All filters may be combined.',
    parameters: { ...paging, ...filters },
    answers: {
      200: {
        description: 'A page of the list, ordered by id.',
        body: identity.array(),
        headers: ['Link?', 'X-Total-Count?'],
        example: [listedExample],
      },
    },
  },
  'POST /admin/identities': {
    id: 'createIdentity',
    tag: 'identities',
    summary: 'Create an identity',
    description: 'Nothing is mailed. The person signs in by a mailed code and may then add a passkey.',
    examples: {
      small: { summary: 'An address and a name', value: { schema_id: 'default', traits } },
      verified: {
        summary: 'With an address that was verified elsewhere, and a name of your own',
        value: {
          traits,
          external_id: 'crm-4711',
          metadata_admin: { customer: 4711 },
          verifiable_addresses: [{ value: 'john.doe@example.com', via: 'email', verified: true }],
        },
      },
    },
    answers: {
      201: {
        description: 'The new identity.',
        body: identity,
        headers: ['ETag', 'Location'],
        example: listedExample,
      },
    },
    refusals: { 409: taken },
  },
  'PATCH /admin/identities': {
    id: 'batchPatchIdentities',
    tag: 'identities',
    summary: 'Create many identities',
    description:
      'At most 1000 at once, each with an outcome of its own, in the same order; where nothing is to be created the outcome is null.',
    examples: {
      two: {
        summary: 'Two, with names for their outcomes',
        value: {
          identities: [
            { create: { traits }, patch_id: 'b1f2b7a5-6a54-4c47-b7bd-7a2f0f5b9d11' },
            { create: { traits: { email: 'jane.doe@example.com' } }, patch_id: '0d1b3f0e-4b11-4f3b-9d5a-8c4d6c0c1f22' },
          ],
        },
      },
    },
    answers: { 200: { description: 'What became of each.', body: batch, example: batchExample } },
  },
  'GET /admin/identities/by/external/{externalId}': {
    id: 'getIdentityByExternalID',
    tag: 'identities',
    summary: 'Get an identity by its external id',
    parameters: {
      externalId: { description: 'The name that it has in another system, to the letter.', example: 'crm-4711' },
      include_credential,
    },
    requestHeaders: ['If-None-Match'],
    answers: read,
  },
  'GET /admin/identities/{id}': {
    id: 'getIdentity',
    tag: 'identities',
    summary: 'Get an identity',
    parameters: {
      id: IDENTITY_ID,
      include_credential,
    },
    requestHeaders: ['If-None-Match'],
    answers: read,
  },
  'PUT /admin/identities/{id}': {
    id: 'updateIdentity',
    tag: 'identities',
    summary: 'Replace an identity',
    description:
      'Omitted metadata and external ID are cleared; omitted `schema_id` and `state` are kept, and so are credentials. A changed address becomes unverified; a mail tells the old and the new address. Also returns 409 for an address reserved for seven days after its person changed it.',
    parameters: { id: IDENTITY_ID },
    requestHeaders: ['If-Match', 'If-None-Match'],
    examples: {
      whole: { summary: 'All that is there', value: { schema_id: 'default', state: 'active', traits } },
    },
    answers: { 200: { ...changed, example: identityExample } },
    refusals: { 409: taken },
  },
  'PATCH /admin/identities/{id}': {
    id: 'patchIdentity',
    tag: 'identities',
    summary: 'Change a part of an identity',
    description:
      'JSON Patch (RFC 6902), all or nothing. It may touch `/traits`, `/state`, `/schema_id`, `/metadata_public`, `/metadata_admin`, `/external_id` and `/verifiable_addresses/N/verified`. A mail tells the old and the new address about a change.',
    parameters: { id: IDENTITY_ID },
    requestHeaders: ['If-Match', 'If-None-Match'],
    examples: {
      deactivate: {
        summary: 'Shut somebody out: every session, code and link ends',
        value: [{ op: 'replace', path: '/state', value: 'inactive' }],
      },
      rename: {
        summary: 'Change a name, if it is still the old one',
        value: [
          { op: 'test', path: '/traits/name/last', value: 'Doe' },
          { op: 'replace', path: '/traits/name/last', value: 'Smith' },
        ],
      },
    },
    answers: { 200: { ...changed, example: identityExample } },
    refusals: { 409: `${taken} Or a \`test\` of the patch failed.` },
  },
  'DELETE /admin/identities/{id}': {
    id: 'deleteIdentity',
    tag: 'identities',
    summary: 'Delete an identity',
    description: 'With everything that belongs to it. What the history says of it is blanked.',
    parameters: { id: IDENTITY_ID },
    requestHeaders: ['If-Match', 'If-None-Match'],
    answers: { 204: { description: 'It is gone.' } },
  },
};
