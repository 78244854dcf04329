import { databaseKind } from './client';
import { migratePostgresql, readAppliedInPostgresql } from './migrate-postgresql';
import { migrateSqlite, readAppliedInSqlite } from './migrate-sqlite';
import { pendingAfter, readMigrations } from './migrations';

/**
 * Brings the database at `url` (`file:…` or `postgresql://…`) to the present schema: applies
 * prisma/migrations/<kind>/*\/migration.sql in order, each once; a missing SQLite file is created. Keeps the same table as
 * `prisma migrate deploy` (`_prisma_migrations`, SHA-256 of the file), so both agree, but needs neither Prisma's CLI nor its
 * engine. Several starts at once: one applies, the others wait for it. Resolves to how many migrations were applied.
 * Throws when a migration was changed after it was applied, failed earlier, or is unknown to this version.
 */
export async function migrate(url: string, onApplied: (name: string) => void = () => {}): Promise<number> {
  const kind = databaseKind(url);
  const migrations = readMigrations(kind);
  return kind === 'sqlite' ? migrateSqlite(url, migrations, onApplied) : migratePostgresql(url, migrations, onApplied);
}

/**
 * The names of what `migrate` would apply, without applying it; null where there is no database of Signet yet.
 * Throws as `migrate` does.
 */
export async function pendingMigrations(url: string): Promise<string[] | null> {
  const kind = databaseKind(url);
  const rows = await (kind === 'sqlite' ? readAppliedInSqlite(url) : readAppliedInPostgresql(url));
  return rows && pendingAfter(readMigrations(kind), rows).map(({ name }) => name);
}
