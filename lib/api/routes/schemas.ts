import { schemaDocument, schemaResponse, schemaVersionResponse } from '@/lib/schema/contract';
import { KEYSET, PAGES } from './paging';
import type { AdminOperations, Operations } from './route';

const document = {
  $id: 'urn:signet:identity-schema:default',
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  properties: { traits: { type: 'object', properties: { email: { type: 'string', format: 'email' } } } },
};

/** Anybody may read schemas: an identity's `schema_url` leads here. */
export const schemaOperations: Operations = {
  'GET /schemas': {
    id: 'listIdentitySchemas',
    tag: 'schemas',
    summary: 'List identity schemas',
    parameters: { ...PAGES, ...KEYSET },
    answers: {
      200: {
        description: 'A page of the list, each schema in its newest version.',
        body: schemaResponse.array(),
        headers: ['Link', 'X-Total-Count?'],
        example: [{ id: 'default', schema: document }],
      },
    },
  },
  'GET /schemas/{id}': {
    id: 'getIdentitySchema',
    tag: 'schemas',
    summary: 'Get an identity schema',
    parameters: {
      id: { description: 'The id of the schema, or the base64url of it, as `schema_url` ends.', example: 'default' },
    },
    answers: { 200: { description: 'The JSON Schema itself.', body: schemaDocument, example: document } },
  },
};

const made = { id: 'employee', version: 1, schema: document, created_at: '2026-01-31T09:30:00.000Z' };
const LIMITS =
  'At most 64 KiB, 32 levels and 500 properties; references point into the document; patterns use RE2, without look-around and back-references; an identifier must not be hidden from the person.';

export const schemaWriteOperations: AdminOperations = {
  'POST /admin/schemas': {
    id: 'createIdentitySchema',
    tag: 'schemas',
    summary: 'Create an identity schema',
    description: LIMITS,
    examples: { employee: { summary: 'A schema', value: { id: 'employee', schema: document } } },
    answers: {
      201: { description: 'Its first version.', body: schemaVersionResponse, headers: ['Location'], example: made },
    },
    refusals: { 409: 'There is a schema of this id.' },
  },
  'PUT /admin/schemas/{id}': {
    id: 'addIdentitySchemaVersion',
    tag: 'schemas',
    summary: 'Give a schema a new version',
    description: `Identities keep their version until they are given a schema anew. The same document again is no new version. ${LIMITS}`,
    parameters: { id: { description: 'The id of the schema, or the base64url of it.', example: 'employee' } },
    examples: { employee: { summary: 'The document', value: { schema: document } } },
    answers: {
      200: { description: 'The newest version.', body: schemaVersionResponse, example: { ...made, version: 2 } },
    },
  },
};
