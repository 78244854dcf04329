import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { DatabaseKind } from './client';
import { STEPS, type Step, type StepTx } from './steps';

/** One folder of prisma/migrations/<kind>, and the step after its SQL, if any. */
export type Migration = { name: string; sql: string; checksum: string; step: Step | null };

/** An unfinished migration; `begun` is set once its SQL is applied, with the progress of its step. */
export type PendingMigration = Migration & { begun: StepRecord | null };

/** Progress reports of `migrate`. */
export type MigrationListener = {
  /** Once per migration, in order, after its commit. */
  onApplied: (name: string) => void;
  /** A piece of a migration's step is committed, after this number of rows in total. */
  onProgress: (name: string, rows: number) => void;
  /** Each time a lock could not be acquired; `reason` names its holder, if known. */
  onWait: (reason: string) => void;
};

/** A row of `_prisma_migrations`. */
export type AppliedMigration = {
  migration_name: string;
  checksum: string;
  finished_at: unknown;
  rolled_back_at: unknown;
  /** Progress of a step (`toStepRecord`); null unless one is under way. */
  logs: string | null;
};

/** All migrations of this version, in order of application. */
export function readMigrations(kind: DatabaseKind): Migration[] {
  const dir = path.join(findRoot(), 'prisma/migrations', kind);
  const names = readdirSync(dir).filter((name) => /^\d{14}_/.test(name));
  return names.sort().map((name) => {
    const sql = readFileSync(path.join(dir, name, 'migration.sql'), 'utf8');
    return { name, sql, checksum: createHash('sha256').update(sql).digest('hex'), step: STEPS[name] ?? null };
  });
}

/**
 * This file also runs bundled into build/server.mjs: the repository is the nearest parent folder that has the
 * migrations.
 */
function findRoot(): string {
  for (let dir = import.meta.dirname; ; dir = path.dirname(dir)) {
    if (existsSync(path.join(dir, 'prisma/migrations'))) return dir;
    if (dir === path.dirname(dir)) throw new Error('prisma/migrations was not found beside the program');
  }
}

/** The state of a database, to decide whether this version may change it. */
export type FoundDatabase = {
  /** For messages, such as `PostgreSQL at 127.0.0.1:5432/signet, schema "public"`. */
  where: string;
  /** The remedy where it belongs to another program. */
  advice: string;
  /** Rows of `_prisma_migrations`; null where there is no such table. */
  rows: AppliedMigration[] | null;
  /** Names of tables and indexes. */
  names: ReadonlySet<string>;
};

/** Tables present since Signet's first version. */
export const OWN_TABLES = ['Organization', 'Project', 'Identity'];

/** Table in a database that `signet move` has not finished copying into. */
export const MOVE_MARK = '_signet_move';

/** A server must not start on an unfinished copy. Named `Error`, whose messages the command line prints. */
export class UnfinishedMoveError extends Error {}

/** The pending migrations. Throws when this version cannot continue the database. */
export function pendingMigrationsIn(found: FoundDatabase, migrations: Migration[]): PendingMigration[] {
  const { where, rows, names } = found;
  if (names.has(MOVE_MARK))
    throw new UnfinishedMoveError(`${where} is an unfinished copy; run the same \`signet move\` again to finish it`);
  const applied = new Map((rows ?? []).filter((row) => !row.rolled_back_at).map((row) => [row.migration_name, row]));
  if (applied.size === 0) guardForeignTables(found, migrations);
  guardUnknownMigrations(found, [...applied.keys()], migrations);
  for (const { name, checksum, step } of migrations) {
    const row = applied.get(name);
    if (row && !row.finished_at && !(step && readStepRecord(row)))
      throw new Error(`${where}: migration ${name} failed earlier; restore a backup or repair it by hand`);
    if (row && row.checksum !== checksum)
      throw new Error(
        `${where}: migration ${name} was changed after it had been applied, or a development version applied it`,
      );
  }
  return migrations.flatMap((migration) => {
    const row = applied.get(migration.name);
    return row?.finished_at ? [] : [{ ...migration, begun: row ? readStepRecord(row) : null }];
  });
}

/** Where a step's next piece begins, and the number of rows processed so far. */
type StepRecord = { cursor: string | null; rows: number };

/** The work of one transaction: the SQL of migrations up to the first with a step, or a piece of that step. */
export type Round = { migrations: PendingMigration[] } | { begun: PendingMigration };

export function nextRound(pending: PendingMigration[]): Round {
  const [first] = pending;
  if (first?.begun) return { begun: first };
  const at = pending.findIndex(({ step }) => step !== null);
  return { migrations: at < 0 ? pending : pending.slice(0, at + 1) };
}

/** `logs`: the new value in the migration's row, null at the end of its step. */
export type Piece = { name: string; logs: string | null; rows: number };

/** The result of a transaction; `isDone` when nothing was left to do. */
export type RoundDone = { applied: string[]; piece: Piece | null; isDone: boolean };

export async function takePiece({ name, step, begun }: PendingMigration, tx: StepTx): Promise<Piece> {
  if (!step || !begun) throw new Error(`migration ${name} has no step under way`);
  const { cursor, rows } = await step(tx, begun.cursor);
  const record = { cursor, rows: begun.rows + rows };
  return { name, logs: cursor === null ? null : toStepRecord(record), rows: record.rows };
}

/** The SQL of these migrations is applied: those with a step are not finished yet. */
export function sqlDone(migrations: PendingMigration[]): RoundDone {
  const applied = migrations.filter(({ step }) => step === null).map(({ name }) => name);
  return { applied, piece: null, isDone: migrations.length === 0 };
}

/** Reports what is committed; returns the number of migrations finished by it. */
export function report({ applied, piece }: RoundDone, { onApplied, onProgress }: MigrationListener): number {
  const finished = piece?.logs === null ? [...applied, piece.name] : applied;
  for (const name of finished) onApplied(name);
  if (piece && piece.logs !== null) onProgress(piece.name, piece.rows);
  return finished.length;
}

export const FIRST_STEP_RECORD = toStepRecord({ cursor: null, rows: 0 });

function toStepRecord({ cursor, rows }: StepRecord): string {
  return `step ${rows} ${cursor ?? ''}`;
}

function readStepRecord({ logs }: AppliedMigration): StepRecord | null {
  const [, rows, cursor] = /^step (\d+) (.*)$/s.exec(logs ?? '') ?? [];
  return rows === undefined ? null : { cursor: cursor || null, rows: Number(rows) };
}

function guardUnknownMigrations(found: FoundDatabase, applied: string[], migrations: Migration[]): void {
  const { where, advice, names } = found;
  const known = new Set(migrations.map(({ name }) => name));
  const unknown = applied.filter((name) => !known.has(name)).sort();
  const newest = unknown.at(-1);
  if (newest === undefined) return;
  const isOurs = applied.some((name) => known.has(name)) || OWN_TABLES.every((table) => names.has(table));
  if (!isOurs) throw new Error(`${where} belongs to another program: it contains migration ${newest}; ${advice}`);
  if (newest > (migrations.at(-1)?.name ?? ''))
    throw new Error(`${where} is newer than this version of Signet: it contains migration ${newest}`);
  throw new Error(
    `${where} was made by a development version of Signet: migration ${newest} is in no release. ` +
      'Export the identities with that version and import them into a new database.',
  );
}

/** Before the first migration none of our tables exists; one of the same name is another program's. */
function guardForeignTables({ where, advice, names }: FoundDatabase, migrations: Migration[]): void {
  const created = migrations.flatMap(({ sql }) => [
    ...sql.matchAll(/^CREATE (?:UNIQUE )?(?:TABLE|INDEX) (?:IF NOT EXISTS )?"([^"]+)"/gm),
  ]);
  const taken = created.map(([, name = '']) => name).find((name) => names.has(name));
  if (taken) throw new Error(`${where} already contains "${taken}" of another program; ${advice}`);
}
