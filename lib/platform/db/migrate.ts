import { log } from '../log';
import { databaseKind } from './client';
import { migratePostgresql, readPendingInPostgresql } from './migrate-postgresql';
import { migrateSqlite, readPendingInSqlite } from './migrate-sqlite';
import { type MigrationListener, readMigrations } from './migrations';

const DEFAULT_LISTENER: MigrationListener = {
  onApplied: () => {},
  onProgress: () => {},
  onWait: (reason) => log.warn('waiting for another process to finish migrating', { detail: reason }),
};

/**
 * Brings the database at `url` (`file:…` or `postgresql://…`) to the present schema: applies
 * prisma/migrations/<kind>/*\/migration.sql in order; a missing SQLite file or PostgreSQL schema is created. Migrations go into one
 * transaction, all or nothing, up to one that has a step in TypeScript behind its SQL (steps.ts): that is done in pieces with a
 * transaction each, from where an earlier start ended.
 * Keeps the same table as `prisma migrate deploy` (`_prisma_migrations`, SHA-256 of the file), so both agree, but needs
 * neither Prisma's CLI nor its engine. Several starts at once: one applies, the others wait for it, or take turns at
 * the pieces of a step. Resolves to how many migrations this one has finished. Throws, with nothing written, when the database is another program's, is newer than this version,
 * or a migration was changed after it was applied.
 */
export async function migrate(url: string, listener: Partial<MigrationListener> = {}): Promise<number> {
  const kind = databaseKind(url);
  const migrations = readMigrations(kind);
  const heard = { ...DEFAULT_LISTENER, ...listener };
  return kind === 'sqlite' ? migrateSqlite(url, migrations, heard) : migratePostgresql(url, migrations, heard);
}

/**
 * The names of what `migrate` would apply, without applying it; null where there is no database of Signet yet.
 * Throws as `migrate` does.
 */
export async function pendingMigrations(url: string): Promise<string[] | null> {
  const kind = databaseKind(url);
  const migrations = readMigrations(kind);
  const pending = await (kind === 'sqlite'
    ? readPendingInSqlite(url, migrations)
    : readPendingInPostgresql(url, migrations));
  return pending?.map(({ name }) => name) ?? null;
}
