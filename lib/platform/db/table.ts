import { raw, type Sql } from '@prisma/client/runtime/client';
import { processWide } from '../process-wide';

/** Belongs to the client, hence process-wide like it. */
const state = processWide('db.schema', (): { schema: string | undefined } => ({ schema: undefined }));

/** Called when the database is opened; undefined on SQLite. */
export function setSchema(schema: string | undefined): void {
  state.schema = schema;
}

/**
 * A table's name for raw SQL: Prisma puts the schema before every name, and raw SQL must, too, because the search path of a
 * connection may lead elsewhere. Only after `await db()`.
 */
export function table(name: string): Sql {
  const { schema } = state;
  return raw(schema === undefined ? `"${name}"` : `"${schema}"."${name}"`);
}
