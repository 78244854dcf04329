import { z } from 'zod';
import { credentialsBlockResponse } from '@/lib/credential/contract';
import { identityResponse } from '@/lib/identity/contract';
import { deletionMembers } from '@/lib/identity/contract/recycle-bin';
import { problem } from '../openapi/errors';
import { KEYSET, PAGES } from './paging';
import { DRY_RUN, type ParameterNote, type RouteRows } from './route';

export const IDENTITY_ID: ParameterNote = {
  description: 'ID of the identity. Returns 404 if it is not a UUID.',
  example: '019aa1f2-7c1e-7d3a-9d55-0f4c2b1e8a77',
};

export const identity = identityResponse
  .extend({
    ...deletionMembers,
    credentials: credentialsBlockResponse.optional().meta({ description: 'Only in responses for a single identity.' }),
  })
  .meta({ id: 'Identity', description: 'An identity in the project.' });

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
const identityExample = { ...listedExample, credentials: {} };

const taken = 'Another identity already uses an identifier or the external ID.';
const changed = { description: 'The updated identity.', body: identity, headers: ['ETag' as const] };

const include_credential = {
  description:
    'Credential types to return with their configuration; repeatable. Only `passkey` has one; it requires `credentials:read`.',
  example: ['passkey'],
};
const read = {
  200: { description: 'The identity.', body: identity, headers: ['ETag' as const], example: identityExample },
  304: { description: 'Not modified.', headers: ['ETag' as const] },
};

const batch = z.object({
  identities: z.array(
    z
      .object({
        action: z.enum(['create', 'error']),
        identity: z.uuid().optional().meta({ description: 'ID of the created identity; absent in a dry run.' }),
        patch_id: z.uuid().optional().meta({ description: 'The `patch_id` of the item.' }),
        error: problem.optional().meta({ description: 'Why the identity was not created.' }),
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

export const filters: Record<string, ParameterNote> = {
  ids: {
    description: 'Filter by ID, at most 500; repeatable.',
    example: ['019aa1f2-7c1e-7d3a-9d55-0f4c2b1e8a77'],
  },
  credentials_identifier: {
    description: 'Exact, case-insensitive match on a sign-in identifier.',
    example: 'john.doe@example.com',
  },
  preview_credentials_identifier_similar: {
    description: 'Case-insensitive prefix match on a sign-in identifier.',
    example: 'john.',
  },
  q: {
    description:
      'Search for up to 8 words; each must occur in an address, a trait or the external ID. Case-insensitive.',
    example: 'john doe',
  },
  state: { description: 'Filter by state.', example: 'active' },
  schema_id: { description: 'Filter by schema.', example: 'default' },
};

const deletedNote = {
  description: '`true`: only the recycle bin.',
  example: true,
};

const paging: Record<string, ParameterNote> = {
  ...PAGES,
  ...KEYSET,
  count: { description: '`exact`: return `X-Total-Count` with keyset paging too.', example: ['exact'] },
};

export const identityRoutes = {
  'GET /admin/identities': {
    scope: 'identities:read',
    id: 'listIdentities',
    tag: 'identities',
    summary: 'List identities',
    description:
      'Offset paging uses `page` and `per_page`. Keyset paging, faster on long lists, uses `page_size` and the `page_token` in the `next` link. Filters can be combined. With `deleted=true`, lists the recycle bin in order of deletion; of the filters, only `ids` and `q` apply.',
    parameters: { ...paging, ...filters, deleted: deletedNote },
    answers: {
      200: {
        description: 'A page of identities, ordered by ID.',
        body: identity.array(),
        headers: ['Link?', 'X-Total-Count?'],
        example: [listedExample],
      },
    },
  },
  'POST /admin/identities': {
    scope: 'identities:write',
    dryRun: DRY_RUN,
    id: 'createIdentity',
    tag: 'identities',
    summary: 'Create an identity',
    description: 'Sends no mail. The person signs in with a mailed code and can then add a passkey.',
    examples: {
      small: { summary: 'Email address and name', value: { schema_id: 'default', traits } },
      verified: {
        summary: 'Verified email address and external ID',
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
        description: 'The created identity.',
        body: identity,
        headers: ['ETag', 'Location'],
        example: listedExample,
      },
    },
    refusals: { 409: taken },
  },
  'PATCH /admin/identities': {
    scope: 'identities:write',
    // As in the real response, but no identity has an ID.
    dryRun: { members: batch.shape },
    id: 'batchPatchIdentities',
    tag: 'identities',
    summary: 'Create identities in a batch',
    description:
      'At most 1000 items. Each succeeds or fails on its own; results are in request order, null for an item without `create`.',
    examples: {
      two: {
        summary: 'Two items with patch IDs',
        value: {
          identities: [
            { create: { traits }, patch_id: 'b1f2b7a5-6a54-4c47-b7bd-7a2f0f5b9d11' },
            { create: { traits: { email: 'jane.doe@example.com' } }, patch_id: '0d1b3f0e-4b11-4f3b-9d5a-8c4d6c0c1f22' },
          ],
        },
      },
    },
    answers: { 200: { description: 'The result of each item.', body: batch, example: batchExample } },
  },
  'GET /admin/identities/by/external/{externalId}': {
    scope: 'identities:read',
    id: 'getIdentityByExternalID',
    tag: 'identities',
    summary: 'Get an identity by external ID',
    parameters: {
      externalId: { description: 'The external ID; case-sensitive.', example: 'crm-4711' },
      include_credential,
    },
    requestHeaders: ['If-None-Match'],
    answers: read,
  },
  'GET /admin/identities/{id}': {
    scope: 'identities:read',
    id: 'getIdentity',
    tag: 'identities',
    summary: 'Get an identity',
    parameters: {
      id: IDENTITY_ID,
      include_credential,
      deleted: { description: '`true`: only if it is in the recycle bin.', example: true },
    },
    requestHeaders: ['If-None-Match'],
    answers: read,
  },
  'PUT /admin/identities/{id}': {
    scope: 'identities:write',
    dryRun: DRY_RUN,
    id: 'updateIdentity',
    tag: 'identities',
    summary: 'Replace an identity',
    description:
      'Omitted metadata and external ID are cleared; omitted `schema_id` and `state` are kept, as are credentials. A changed email address becomes unverified; the old and the new address are notified. Returns 409 for an address that another person gave up within the last seven days; it is reserved for them.',
    parameters: { id: IDENTITY_ID },
    requestHeaders: ['If-Match', 'If-None-Match'],
    examples: {
      whole: { summary: 'Schema, state and traits', value: { schema_id: 'default', state: 'active', traits } },
    },
    answers: { 200: { ...changed, example: identityExample } },
    refusals: { 409: taken },
  },
  'PATCH /admin/identities/{id}': {
    scope: 'identities:write',
    dryRun: DRY_RUN,
    id: 'patchIdentity',
    tag: 'identities',
    summary: 'Patch an identity',
    description:
      'JSON Patch (RFC 6902), applied atomically. Allowed paths: `/traits`, `/state`, `/schema_id`, `/metadata_public`, `/metadata_admin`, `/external_id` and `/verifiable_addresses/N/verified`. If the email address changes, the old and the new address are notified.',
    parameters: { id: IDENTITY_ID },
    requestHeaders: ['If-Match', 'If-None-Match'],
    examples: {
      deactivate: {
        summary: 'Deactivate an identity and revoke its sessions, codes and links',
        value: [{ op: 'replace', path: '/state', value: 'inactive' }],
      },
      rename: {
        summary: 'Change the last name if it is still "Doe"',
        value: [
          { op: 'test', path: '/traits/name/last', value: 'Doe' },
          { op: 'replace', path: '/traits/name/last', value: 'Smith' },
        ],
      },
    },
    answers: { 200: { ...changed, example: identityExample } },
    refusals: { 409: 'Another identity already uses an identifier or the external ID, or a `test` operation failed.' },
  },
  'DELETE /admin/identities/{id}': {
    scope: 'identities:write',
    dryRun: DRY_RUN,
    id: 'deleteIdentity',
    tag: 'identities',
    summary: 'Delete an identity',
    description:
      'Moves it into the recycle bin for the project’s number of days: no list and no sign-in finds it, its identifiers and external ID are free, its sessions and roles end, and its passkeys are kept. With `purge=true`, or if the project keeps none, deletes it permanently with its passkeys and erases its personal data from audit events; `purge=true` also applies to an identity that is in the recycle bin.',
    parameters: { id: IDENTITY_ID, purge: { description: '`true`: delete permanently.', example: true } },
    requestHeaders: ['If-Match', 'If-None-Match'],
    answers: { 204: { description: 'Deleted.' } },
  },
  'POST /admin/identities/{id}/restore': {
    scope: 'identities:write',
    dryRun: DRY_RUN,
    id: 'restoreIdentity',
    tag: 'identities',
    summary: 'Restore a deleted identity',
    description:
      'Takes it out of the recycle bin with its ID, traits, addresses and passkeys. Sessions, codes and links from before the deletion stay revoked, and roles stay removed. Returns 409 with one violation per obstacle: an identifier, external ID or passkey that is in use elsewhere, or a removed schema. The pointer of each violation is a key of `changes` that removes the obstacle. `If-Match` compares the ETag it had last. Sends no mail.',
    parameters: { id: IDENTITY_ID },
    requestHeaders: ['If-Match', 'If-None-Match'],
    examples: {
      unchanged: { summary: 'As it was', value: {} },
      address: {
        summary: 'With another email address and without external ID',
        value: { changes: { '/traits/email': 'john.doe2@example.com', '/external_id': null } },
      },
    },
    answers: {
      200: { description: 'The restored identity.', body: identity, headers: ['ETag'], example: listedExample },
    },
    refusals: { 409: 'Something prevents the restoration; `details.violations` names each obstacle.' },
  },
} satisfies RouteRows;
