import { countIdentities, hasDeletedOf } from '@/lib/identity/service';
import type { Actor } from '@/lib/platform/actor';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { removeSchema } from '@/lib/schema/service';

/**
 * Deletes a schema that no identity has in any version, deleted ones in the recycle bin included.
 * Refuses: `not_found`, `default_schema_protected`, `schema_in_use`.
 */
export async function deleteSchema(
  actor: Actor,
  schemaId: string,
  { tx: outer }: { tx?: Tx | undefined } = {},
): Promise<void> {
  const { projectId } = actor;
  if ((await countIdentities(projectId, { schemaId }, 1)) > 0 || (await hasDeletedOf(projectId, schemaId)))
    throw new AppError('schema_in_use');
  await transaction((tx) => removeSchema(tx, actor, schemaId), outer);
}
