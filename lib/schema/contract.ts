import { z } from 'zod';
import type { JsonObject } from '@/lib/platform/json';
import { type IdentitySchema, SCHEMA_ID } from './model';

/** A JSON Schema of `{ traits }`, of any supported draft. */
export const schemaDocument = z
  .record(z.string(), z.unknown())
  .meta({ id: 'IdentitySchema', description: 'A JSON Schema of an object with the property `traits`.' });

const documentInput = schemaDocument.transform((document) => document as JsonObject);

/** POST /admin/schemas */
export const createSchemaBody = z.strictObject({
  id: z.string().regex(SCHEMA_ID, 'must be 1 to 100 letters, digits, dots, hyphens or underscores'),
  schema: documentInput,
});

/** PUT /admin/schemas/{id} */
export const addSchemaVersionBody = z.strictObject({ schema: documentInput });

/** An item of GET /schemas, as in Kratos. */
export const schemaResponse = z
  .object({ id: z.string(), schema: schemaDocument })
  .meta({ id: 'IdentitySchemaContainer' });

export function toSchemaResponse({ schemaId, document }: IdentitySchema): z.output<typeof schemaResponse> {
  return { id: schemaId, schema: document };
}

/** A version, as its creator reads it. */
export const schemaVersionResponse = z
  .object({ id: z.string(), version: z.int(), schema: schemaDocument, created_at: z.iso.datetime() })
  .meta({ id: 'IdentitySchemaVersion' });

export function toSchemaVersionResponse(schema: IdentitySchema): z.output<typeof schemaVersionResponse> {
  const { schemaId, version, document, createdAt } = schema;
  return { id: schemaId, version, schema: document, created_at: createdAt.toISOString() };
}
