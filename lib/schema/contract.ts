import type { IdentitySchema } from './model';

/** An item of GET /schemas, as Kratos shapes it. */
export function toSchemaResponse({ schemaId, document }: IdentitySchema) {
  return { id: schemaId, schema: document };
}
