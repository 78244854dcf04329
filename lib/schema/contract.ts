import { z } from 'zod';
import type { IdentitySchema } from './model';

/** A JSON Schema of `{ traits }`, of any draft that we understand. */
export const schemaDocument = z
  .record(z.string(), z.unknown())
  .meta({ id: 'IdentitySchema', description: 'A JSON Schema of an object with the member `traits`.' });

/** An item of GET /schemas, as Kratos shapes it. */
export const schemaResponse = z
  .object({ id: z.string(), schema: schemaDocument })
  .meta({ id: 'IdentitySchemaContainer' });

export function toSchemaResponse({ schemaId, document }: IdentitySchema): z.output<typeof schemaResponse> {
  return { id: schemaId, schema: document };
}
