import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { isUniqueViolation } from '@/lib/platform/db/violations';
import { newId } from '@/lib/platform/ids';
import defaultDocument from '../default-schema.json';
import { findSchema, insertSchema } from '../repository';
import { DEFAULT_SCHEMA_ID } from './get';

/** Creates a project's first schema. If two processes do so concurrently, one succeeds. */
export async function ensureDefaultSchema(projectId: string): Promise<void> {
  if (await findSchema(projectId, DEFAULT_SCHEMA_ID)) return;
  try {
    await transaction((tx) => insertDefaultSchema(tx, projectId));
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
  }
}

/** The first schema of a new project. */
export async function insertDefaultSchema(tx: Tx, projectId: string): Promise<void> {
  await insertSchema(tx, {
    id: newId(),
    projectId,
    schemaId: DEFAULT_SCHEMA_ID,
    version: 1,
    document: defaultDocument,
    createdAt: new Date(),
  });
}
