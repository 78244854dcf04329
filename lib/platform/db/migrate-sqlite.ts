import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { yieldToEventLoop } from '../event-loop';
import {
  type AppliedMigration,
  FIRST_STEP_RECORD,
  type FoundDatabase,
  type Migration,
  type MigrationListener,
  nextRound,
  type PendingMigration,
  pendingMigrationsIn,
  type RoundDone,
  report,
  sqlDone,
  takePiece,
} from './migrations';
import { guardUndecodedFile, sqliteFile } from './sqlite-file.mjs';
import type { StepRow, StepValue } from './steps';

/** How long to wait for a lock before the wait is reported and restarted. It blocks the event loop. */
const LOCK_TIMEOUT_MILLIS = 3000;
const TIMEOUT_MILLIS = 10 * 60_000;

/** The names of pending migrations; null where Signet has no database yet. Changes nothing. */
export function readPendingInSqlite(url: string, migrations: Migration[]): Migration[] | null {
  guardUndecodedFile(url);
  const file = sqliteFile(url);
  if (!existsSync(file)) return null;
  const db = new Database(file, { readonly: true, timeout: LOCK_TIMEOUT_MILLIS });
  try {
    const found = look(db, file);
    const pending = pendingMigrationsIn(found, migrations);
    return found.rows && pending;
  } finally {
    db.close();
  }
}

/** Applies pending migrations; resolves to the number finished here. Creates a missing file. */
export function migrateSqlite(url: string, migrations: Migration[], listener: MigrationListener): Promise<number> {
  // One at a time in this process: a second connection would block the first while waiting for it.
  const turn = inTurn.then(() => migrateInTurn(url, migrations, listener));
  inTurn = turn.catch(() => {});
  return turn;
}

let inTurn: Promise<unknown> = Promise.resolve();

async function migrateInTurn(url: string, migrations: Migration[], listener: MigrationListener): Promise<number> {
  const file = sqliteFile(url);
  const end = performance.now() + TIMEOUT_MILLIS;
  for (let total = 0; ; ) {
    try {
      readPendingInSqlite(url, migrations); // another program's file is not even switched to WAL
      mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
      const done = await migrateFile(file, migrations);
      total += report(done, listener);
      if (done.isDone) return total;
      await yieldToEventLoop();
    } catch (error) {
      if (!isSqliteError(error)) throw error;
      if (!error.code.startsWith('SQLITE_BUSY')) throw new Error(`${file}: ${error.message}`, { cause: error });
      if (performance.now() > end) throw new Error(`${file} was locked for ten minutes`, { cause: error });
      listener.onWait(`${file} is locked`);
      await new Promise((resolve) => setImmediate(resolve)); // lets signals be handled
    }
  }
}

/** One transaction. */
async function migrateFile(file: string, migrations: Migration[]): Promise<RoundDone> {
  const db = new Database(file, { timeout: LOCK_TIMEOUT_MILLIS });
  try {
    db.pragma('journal_mode = WAL');
    db.pragma('foreign_keys = OFF'); // tables are rebuilt under each other; inside a transaction this pragma does nothing
    db.exec('BEGIN IMMEDIATE'); // one process at a time, all or nothing
    const found = look(db, file);
    const round = nextRound(pendingMigrationsIn(found, migrations));
    const done = 'begun' in round ? await applyPiece(db, round.begun) : applySql(db, found, round.migrations);
    db.exec('COMMIT');
    return done;
  } finally {
    db.close(); // rolls back what was not committed
  }
}

function applySql(db: Database.Database, found: FoundDatabase, migrations: PendingMigration[]): RoundDone {
  if (!found.rows)
    db.exec(`CREATE TABLE "_prisma_migrations" ("id" TEXT PRIMARY KEY NOT NULL, "checksum" TEXT NOT NULL,
        "finished_at" DATETIME, "migration_name" TEXT NOT NULL, "logs" TEXT, "rolled_back_at" DATETIME,
        "started_at" DATETIME NOT NULL DEFAULT current_timestamp, "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0)`);
  const record = db.prepare(`INSERT INTO "_prisma_migrations"
      (id, checksum, migration_name, started_at, finished_at, logs, applied_steps_count) VALUES (?, ?, ?, ?, ?, ?, 1)`);
  for (const { name, sql, checksum, step } of migrations) {
    apply(db, found.where, name, sql);
    record.run(randomUUID(), checksum, name, Date.now(), step ? null : Date.now(), step ? FIRST_STEP_RECORD : null);
  }
  const broken = migrations.length ? db.prepare('PRAGMA foreign_key_check').all() : [];
  if (broken.length)
    throw new Error(`${found.where} has rows that violate foreign keys: ${JSON.stringify(broken.slice(0, 5))}`);
  return sqlDone(migrations);
}

async function applyPiece(db: Database.Database, begun: PendingMigration): Promise<RoundDone> {
  const piece = await takePiece(begun, {
    all: async (sql, ...values) => db.prepare<StepValue[], StepRow>(sql).all(...values),
    run: async (sql, ...values) => db.prepare(sql).run(...values).changes,
    moment: (date) => date.toISOString().replace('Z', '+00:00'), // the format of Prisma's adapter
  });
  const update = db.prepare('UPDATE "_prisma_migrations" SET logs = ?, finished_at = ? WHERE migration_name = ?');
  update.run(piece.logs, piece.logs === null ? Date.now() : null, begun.name);
  return { applied: [], piece, isDone: false };
}

function apply(db: Database.Database, file: string, name: string, sql: string): void {
  try {
    db.exec(sql);
  } catch (error) {
    if (!isSqliteError(error)) throw error;
    throw new Error(`${file}: migration ${name} failed: ${error.message}`, { cause: error });
  }
}

function look(db: Database.Database, file: string): FoundDatabase {
  const rows = db.prepare<[], { name: string }>('SELECT name FROM sqlite_master').all();
  const names = new Set(rows.map(({ name }) => name));
  return {
    where: file,
    advice: 'name another file in DATABASE_URL',
    names,
    rows: names.has('_prisma_migrations')
      ? db.prepare<[], AppliedMigration>('SELECT * FROM "_prisma_migrations"').all()
      : null,
  };
}

/** SQLite's own messages name no file. */
function isSqliteError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_');
}
