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
 * Migrates the database at `url` (`file:…` or `postgresql://…`) to the present schema: applies
 * prisma/migrations/<kind>/*\/migration.sql in order; creates a missing SQLite file or PostgreSQL schema. Migrations
 * run in one transaction, all or nothing, up to one whose SQL is followed by a step in TypeScript (steps.ts): a step
 * runs in pieces with a transaction each, resuming where an earlier start ended. Keeps the same table as `prisma
 * migrate deploy` (`_prisma_migrations`, SHA-256 of the file), so both agree, but needs neither Prisma's CLI nor its
 * engine. Of several concurrent starts one applies and the others wait, or take turns at the pieces of a step. Resolves
 * to the number of migrations finished by this call. Throws, with nothing written, when the database is another
 * program's, is newer than this version, or a migration was changed after it was applied.
 */
export async function migrate(url: string, listener: Partial<MigrationListener> = {}): Promise<number> {
  const kind = databaseKind(url);
  const migrations = readMigrations(kind);
  const heard = { ...DEFAULT_LISTENER, ...listener };
  return kind === 'sqlite' ? migrateSqlite(url, migrations, heard) : migratePostgresql(url, migrations, heard);
}

/**
 * The names of the migrations `migrate` would apply; null where Signet has no database yet. Throws as `migrate` does.
 */
export async function pendingMigrations(url: string): Promise<string[] | null> {
  const kind = databaseKind(url);
  const migrations = readMigrations(kind);
  const pending = await (kind === 'sqlite'
    ? readPendingInSqlite(url, migrations)
    : readPendingInPostgresql(url, migrations));
  return pending?.map(({ name }) => name) ?? null;
}
