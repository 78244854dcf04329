import { jobResponse } from '@/lib/job/contract';
import { schemaDocument, schemaResponse, schemaVersionResponse } from '@/lib/schema/contract';
import { KEYSET, PAGES } from './paging';
import { DRY_RUN, type RouteRows } from './route';

const document = {
  $id: 'urn:signet:identity-schema:default',
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  properties: { traits: { type: 'object', properties: { email: { type: 'string', format: 'email' } } } },
};

/** Schemas are public: an identity's `schema_url` leads here. */
export const schemaRoutes = {
  'GET /schemas': {
    access: 'public',
    id: 'listIdentitySchemas',
    tag: 'schemas',
    summary: 'List identity schemas',
    parameters: { ...PAGES, ...KEYSET },
    answers: {
      200: {
        description: 'A page of schemas in their latest versions.',
        body: schemaResponse.array(),
        headers: ['Link', 'X-Total-Count?'],
        example: [{ id: 'default', schema: document }],
      },
    },
  },
  'GET /schemas/{id}': {
    access: 'public',
    id: 'getIdentitySchema',
    tag: 'schemas',
    summary: 'Get an identity schema',
    parameters: {
      id: { description: 'ID of the schema, plain or base64url-encoded as in `schema_url`.', example: 'default' },
    },
    answers: { 200: { description: 'The JSON Schema.', body: schemaDocument, example: document } },
  },
} satisfies RouteRows;

const made = { id: 'employee', version: 1, schema: document, created_at: '2026-01-31T09:30:00.000Z' };
const named = { id: { description: 'ID of the schema, plain or base64url-encoded.', example: 'employee' } };
const startedJob = {
  id: '019aa1f8-31b0-7e0a-8c44-2f1d7b6a5c90',
  kind: 'schema_impact',
  state: 'queued',
  actor: { type: 'api_credential', id: 'sc_4f2a' },
  total: 12514,
  ...{ done: 0, unchanged: 0, left_out: {}, left_out_identities: [] },
  result: { schema_id: 'employee', scanned: 0, valid: 0, repaired: 0, left: 0, operators: 0, invalid: 0, reasons: [] },
  created_at: '2026-01-31T09:30:00.000Z',
  finished_at: null,
  undo: { possible: false, reason: 'not_undoable' },
  undoes: null,
};
const REPAIRS = [{ op: 'convert', pointer: '/traits/age', to: 'integer' }];
const LIMITS =
  'At most 64 KiB, 32 levels and 500 properties. References must stay within the document. Patterns use RE2, without lookaround and backreferences. An identifier must not be hidden from the person.';

export const schemaWriteRoutes = {
  'POST /admin/schemas': {
    scope: 'schemas:write',
    dryRun: DRY_RUN,
    id: 'createIdentitySchema',
    tag: 'schemas',
    summary: 'Create an identity schema',
    description: LIMITS,
    examples: { employee: { summary: 'New schema', value: { id: 'employee', schema: document } } },
    answers: {
      201: {
        description: 'The first version of the schema.',
        body: schemaVersionResponse,
        headers: ['Location'],
        example: made,
      },
    },
    refusals: { 409: 'A schema with this ID already exists.' },
  },
  'PUT /admin/schemas/{id}': {
    scope: 'schemas:write',
    dryRun: DRY_RUN,
    id: 'addIdentitySchemaVersion',
    tag: 'schemas',
    summary: 'Add a schema version',
    description: `Existing identities keep their version until their schema is set again. An unchanged document adds no version. ${LIMITS}`,
    parameters: { id: { description: 'ID of the schema, plain or base64url-encoded.', example: 'employee' } },
    examples: { employee: { summary: 'New version', value: { schema: document } } },
    answers: {
      200: { description: 'The latest version.', body: schemaVersionResponse, example: { ...made, version: 2 } },
    },
  },
  'DELETE /admin/schemas/{id}': {
    scope: 'schemas:write',
    dryRun: DRY_RUN,
    id: 'deleteIdentitySchema',
    tag: 'schemas',
    summary: 'Delete a schema',
    description:
      'Only a schema that no identity has, in any version and in the recycle bin. `default` cannot be deleted.',
    parameters: named,
    answers: { 204: { description: 'The schema is deleted.' } },
    refusals: { 409: 'Identities still have the schema, or it is the default schema.' },
  },
  'POST /admin/schemas/{id}/impact': {
    scope: 'schemas:write',
    dryRun: { refused: 'It changes nothing.' },
    id: 'determineSchemaImpact',
    tag: 'schemas',
    summary: 'Determine the impact of a schema change',
    description:
      'Holds a draft, after its repairs, against every identity of the schema. Changes nothing. `result` of the job says how many identities stay valid, how many would not, and why. Also requires `identities:read`.',
    parameters: named,
    examples: { employee: { summary: 'A draft', value: { schema: document, repairs: REPAIRS } } },
    answers: {
      202: {
        description: 'The job. Follow it with `GET /admin/jobs/{id}`.',
        body: jobResponse,
        headers: ['Location'],
        example: startedJob,
      },
    },
  },
  'POST /admin/schemas/{id}/publish': {
    scope: 'schemas:write',
    dryRun: { refused: 'POST /admin/schemas/{id}/impact says what it would do.' },
    id: 'publishIdentitySchema',
    tag: 'schemas',
    summary: 'Publish a schema change',
    description:
      'Adds the draft as a new version and moves the identities of the schema to it, applying the repairs. Identities that the version refuses stay on theirs and are listed; operators are left out. The job can be undone with `POST /admin/jobs/{id}/undo`. Also requires `identities:write`.',
    parameters: named,
    examples: { employee: { summary: 'A draft', value: { schema: document, repairs: REPAIRS } } },
    answers: {
      202: {
        description: 'The job. Follow it with `GET /admin/jobs/{id}`.',
        body: jobResponse,
        headers: ['Location'],
        example: {
          ...startedJob,
          kind: 'schema_publish',
          result: { schema_id: 'employee', version: 2 },
          undo: { possible: false, reason: 'unfinished' },
        },
      },
    },
    refusals: {
      409: 'The schema has changed since the impact was determined, or another job moves identities of this schema.',
    },
  },
} satisfies RouteRows;
