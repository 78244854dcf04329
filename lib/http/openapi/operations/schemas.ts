import { schemaDocument, schemaResponse } from '@/lib/schema/contract';
import type { Operations } from '../operation';

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
    answers: {
      200: {
        description: 'All schemas of the project, each in its newest version.',
        body: schemaResponse.array(),
        headers: ['X-Total-Count'],
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
