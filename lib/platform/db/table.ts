import { raw, type Sql } from '@prisma/client/runtime/client';
import { processWide } from '../process-wide';

/** Belongs to the client, hence process-wide like it. */
const state = processWide('db.schema', (): { schema: string | undefined } => ({ schema: undefined }));

/** Called when the database is opened; undefined on SQLite. */
export function setSchema(schema: string | undefined): void {
  state.schema = schema;
}

/**
 * A table's name for raw SQL, with its schema as Prisma writes it: a connection's search path may lead elsewhere. Only
 * after `await db()`.
 */
export function table(name: string): Sql {
  const { schema } = state;
  return raw(schema === undefined ? `"${name}"` : `"${schema}"."${name}"`);
}
