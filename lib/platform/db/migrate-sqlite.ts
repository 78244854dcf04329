import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { type AppliedMigration, type Migration, pendingAfter } from './migrations';
import { guardUndecodedFile, sqliteFile } from './sqlite-file.mjs';

const WAIT_MILLIS = 30_000;

/** The rows of `_prisma_migrations`; null where there is no database of Signet yet. */
export function readAppliedInSqlite(url: string): AppliedMigration[] | null {
  guardUndecodedFile(url);
  const file = sqliteFile(url);
  if (!existsSync(file)) return null;
  const db = new Database(file, { readonly: true, timeout: 5000 });
  try {
    const isThere = db.prepare("SELECT 1 FROM sqlite_master WHERE name = '_prisma_migrations'").get();
    return isThere ? appliedRows(db) : null;
  } finally {
    db.close();
  }
}

/** Applies what is missing in one transaction; resolves to how many migrations there were. Creates a missing file. */
export async function migrateSqlite(
  url: string,
  migrations: Migration[],
  onApplied: (name: string) => void,
): Promise<number> {
  guardUndecodedFile(url);
  const file = sqliteFile(url);
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const db = new Database(file, { timeout: WAIT_MILLIS });
  try {
    db.pragma('journal_mode = WAL');
    db.pragma('foreign_keys = OFF'); // tables are rebuilt under each other; inside a transaction this pragma does nothing
    db.exec('BEGIN IMMEDIATE'); // one process at a time, all or nothing
    db.exec(`CREATE TABLE IF NOT EXISTS "_prisma_migrations" ("id" TEXT PRIMARY KEY NOT NULL, "checksum" TEXT NOT NULL,
      "finished_at" DATETIME, "migration_name" TEXT NOT NULL, "logs" TEXT, "rolled_back_at" DATETIME,
      "started_at" DATETIME NOT NULL DEFAULT current_timestamp, "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0)`);
    const pending = pendingAfter(migrations, appliedRows(db));
    const record = db.prepare(`INSERT INTO "_prisma_migrations"
      (id, checksum, migration_name, started_at, finished_at, applied_steps_count) VALUES (?, ?, ?, ?, ?, 1)`);
    for (const { name, sql, checksum } of pending) {
      db.exec(sql);
      record.run(randomUUID(), checksum, name, Date.now(), Date.now());
      onApplied(name);
    }
    const broken = pending.length ? db.prepare('PRAGMA foreign_key_check').all() : [];
    if (broken.length) throw new Error(`rows without their parent: ${JSON.stringify(broken.slice(0, 5))}`);
    db.exec('COMMIT');
    return pending.length;
  } finally {
    db.close(); // rolls back what was not committed
  }
}

function appliedRows(db: Database.Database): AppliedMigration[] {
  return db.prepare<[], AppliedMigration>('SELECT * FROM "_prisma_migrations"').all();
}
