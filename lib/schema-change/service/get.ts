import { AppError } from '@/lib/platform/errors';
import { isUuid } from '@/lib/platform/ids';
import type { SchemaChange } from '../model';
import * as rows from '../repository';

/** Refuses: `not_found`. */
export async function getSchemaChange(projectId: string, id: string): Promise<SchemaChange> {
  const change = isUuid(id) ? await rows.findSchemaChange(projectId, id) : null;
  if (!change) throw new AppError('not_found');
  return change;
}

/** The newest jobs of a schema. */
export function listSchemaChangesOf(projectId: string, schemaId: string, limit: number): Promise<SchemaChange[]> {
  return rows.listSchemaChanges(projectId, { schemaId }, { limit });
}
