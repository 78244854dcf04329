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
} satisfies RouteRows;
