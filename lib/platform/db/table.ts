import { raw, type Sql } from '@prisma/client/runtime/client';

/** Process-wide, as the client itself: the bundles of the front server and of Next each have a copy of this module. */
const holder: { [key: symbol]: string | undefined } = globalThis as never;
const SLOT = Symbol.for('signet.db.schema');

/** Called when the database is opened; undefined on SQLite. */
export function setSchema(schema: string | undefined): void {
  holder[SLOT] = schema;
}

/**
 * A table's name for raw SQL: Prisma puts the schema before every name, and raw SQL must, too, because the search path of a
 * connection may lead elsewhere. Only after `await db()`.
 */
export function table(name: string): Sql {
  const schema = holder[SLOT];
  return raw(schema === undefined ? `"${name}"` : `"${schema}"."${name}"`);
}
