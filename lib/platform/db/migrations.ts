import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { DatabaseKind } from './client';

/** One folder of prisma/migrations/<kind>. */
export type Migration = { name: string; sql: string; checksum: string };

/** A row of `_prisma_migrations`. */
export type AppliedMigration = {
  migration_name: string;
  checksum: string;
  finished_at: unknown;
  rolled_back_at: unknown;
};

/** All migrations of this version, in the order in which they are applied. */
export function readMigrations(kind: DatabaseKind): Migration[] {
  const dir = path.join(findRoot(), 'prisma/migrations', kind);
  const names = readdirSync(dir).filter((name) => /^\d{14}_/.test(name));
  return names.sort().map((name) => {
    const sql = readFileSync(path.join(dir, name, 'migration.sql'), 'utf8');
    return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
  });
}

/** This file also runs bundled into build/server.mjs: the repository is the first folder upwards that has the migrations. */
function findRoot(): string {
  for (let dir = import.meta.dirname; ; dir = path.dirname(dir)) {
    if (existsSync(path.join(dir, 'prisma/migrations'))) return dir;
    if (dir === path.dirname(dir)) throw new Error('prisma/migrations was not found beside the program');
  }
}

/** The migrations that are still to be applied. Throws when the database does not fit this version. */
export function pendingAfter(migrations: Migration[], rows: AppliedMigration[]): Migration[] {
  const applied = new Map(rows.filter((row) => !row.rolled_back_at).map((row) => [row.migration_name, row]));
  for (const [name, row] of applied) {
    const migration = migrations.find((candidate) => candidate.name === name);
    if (!migration) throw new Error(`the database is newer than this version of Signet: it holds migration ${name}`);
    if (!row.finished_at) throw new Error(`migration ${name} failed earlier; restore a backup or repair it by hand`);
    if (row.checksum !== migration.checksum) throw new Error(`migration ${name} was changed after it had been applied`);
  }
  return migrations.filter(({ name }) => !applied.has(name));
}
