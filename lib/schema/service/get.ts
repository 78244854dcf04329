import type { Tx } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { fromSchemaUrl, type IdentitySchema } from '../model';
import { findSchema } from '../repository';

export const DEFAULT_SCHEMA_ID = 'default';

/** One version of a schema, by default the newest. Refuses: `unknown_schema`. */
export async function getSchema(
  projectId: string,
  schemaId: string,
  version?: number,
  tx?: Tx,
): Promise<IdentitySchema> {
  const schema = await findSchema(projectId, schemaId, version, tx);
  if (!schema) throw new AppError('unknown_schema', { reason: `Unable to find JSON Schema ID: ${schemaId}` });
  return schema;
}

/** By ID, or by its base64url as in `schema_url`. Every `schema_url` leads to its schema. */
export async function findSchemaByName(projectId: string, name: string): Promise<IdentitySchema | null> {
  const spelled = fromSchemaUrl(name);
  return (spelled === null ? null : await findSchema(projectId, spelled)) ?? (await findSchema(projectId, name));
}
