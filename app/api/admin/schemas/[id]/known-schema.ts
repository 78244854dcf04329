import { AppError } from '@/lib/platform/errors';
import type { IdentitySchema } from '@/lib/schema/model';
import { findSchemaByName } from '@/lib/schema/service';

/** By the schema's ID, or its base64url form from `schema_url`. Refuses: `not_found`. */
export async function getSchemaByName(projectId: string, name = ''): Promise<IdentitySchema> {
  const schema = await findSchemaByName(projectId, name);
  if (!schema) throw new AppError('not_found', { reason: `Unable to find JSON Schema ID: ${name}` });
  return schema;
}
