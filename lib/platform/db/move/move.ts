import { createHash } from 'node:crypto';
import { AppError } from '../../errors';
import { databaseKind } from '../client';
import { describeDatabase } from '../describe';
import { migrate, pendingMigrations } from '../migrate';
import { readMigrations, UnfinishedMoveError } from '../migrations';
import { ServerRunningError } from '../server-lock';
import { outageCode } from '../violations';
import { type Compared, compareTable } from './compare';
import { openPostgresqlSource, openPostgresqlTarget } from './postgresql-store';
import { createSqliteFile, openSqliteSource, openSqliteTarget } from './sqlite-store';
import { type Mark, type Store, TakenOverError, type Target } from './store';
import {
  inOrder,
  keyOf,
  modelColumns,
  type Refusal,
  type Row,
  requireSameTables,
  type Table,
  Unreadable,
} from './tables';

export type MoveOptions = {
  from: string;
  to: string;
  /** Accept other connections to a PostgreSQL source. */
  othersAllowed?: boolean;
  onCopied?: (rows: number, total: number) => void;
  onCompared?: (rows: number, total: number) => void;
};

/** Rows that cannot be copied: up to `MAX_REFUSALS` of them. */
export class RefusedRowsError extends Error {
  override readonly name = 'RefusedRowsError';
  constructor(readonly refusals: Refusal[]) {
    super('Some rows cannot be copied');
  }
}

const MAX_REFUSALS = 20;

/**
 * Migrates an empty database, copies an installation into it and compares both row by row. The source is only read. A
 * mark in the target keeps servers from starting on an unfinished copy; calling this again resumes it. The target's own
 * triggers fill the tables they maintain. Throws `RefusedRowsError`. Refuses: `invalid_input`, with the reason.
 */
export async function moveDatabase(options: MoveOptions): Promise<Compared[]> {
  const { from, to } = options;
  await requireMigrated(from);
  const source = await openSource(options);
  try {
    const target = await openTarget(to, source);
    try {
      const { tables, mark, isNew } = await prepare(source, target, databaseKind(to));
      const total = await rowsIn(source, tables);
      if (isNew) await target.createMark(mark);
      await copyTables({ source, target, tables, options, total }, mark);
      const compared = await compareTables({ source, target, tables, options, total });
      await target.finish();
      return compared;
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

async function requireMigrated(url: string): Promise<void> {
  const pending = await pendingMigrations(url);
  const where = describeDatabase(url);
  if (pending === null) throw refusal(`${where} has no database of Signet`);
  if (pending.length > 0)
    throw refusal(`${where} is of an earlier version; start this version on it once to migrate it`);
}

async function openSource({
  from,
  othersAllowed = false,
}: Pick<MoveOptions, 'from' | 'othersAllowed'>): Promise<Store> {
  if (databaseKind(from) === 'postgresql') return explained(() => openPostgresqlSource(from, othersAllowed));
  return explained(async () => openSqliteSource(from));
}

async function openTarget(url: string, source: Store): Promise<Target> {
  const isSqlite = databaseKind(url) === 'sqlite';
  if (describeDatabase(url) === source.where) throw refusal('The target is the current database');
  if (isSqlite) createSqliteFile(url);
  await requireNoOlderData(url);
  await migrate(url).catch((error: unknown) => {
    if (!(error instanceof UnfinishedMoveError)) throw error; // it is resumed
  });
  return explained(async () => (isSqlite ? openSqliteTarget(url) : openPostgresqlTarget(url)));
}

/** Migrating would upgrade an installation that was named by mistake, even below the server that uses it. */
async function requireNoOlderData(url: string): Promise<void> {
  const pending = await pendingMigrations(url).catch((error: unknown) => {
    if (!(error instanceof UnfinishedMoveError)) throw error;
    return null;
  });
  if (pending === null || pending.length === 0) return;
  const found = await openSource({ from: url, othersAllowed: true });
  try {
    if ((await found.count({ name: 'Organization' })) > 0) throw containsData(found, 'Organization');
  } finally {
    await found.close();
  }
}

async function explained<T>(open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (cause) {
    if (cause instanceof ServerRunningError) throw new AppError('invalid_input', { reason: cause.message, cause });
    throw cause;
  }
}

type Prepared = { tables: Table[]; mark: Mark; isNew: boolean };

/** Finds the mark of an interrupted copy, or requires an empty target. */
async function prepare(source: Store, target: Target, kind: 'sqlite' | 'postgresql'): Promise<Prepared> {
  const models = await modelColumns();
  const [all, theirs] = [await source.readTables(models), await target.readTables(models)];
  requireSameTables(all, theirs);
  const triggered = await target.readTriggered();
  const tables = inOrder(theirs.filter(({ name }) => !triggered.has(name)));
  const installation = createHash('sha256')
    .update(await source.readInstallation())
    .digest('hex');
  const first: Mark = { source: installation, migration: readMigrations(kind).at(-1)?.name ?? '', position: null };
  const found = await target.readMark();
  if (!found) {
    for (const table of theirs) if ((await target.count(table)) > 0) throw containsData(target, table.name);
    return { tables, mark: first, isNew: true };
  }
  if (found.source !== first.source)
    throw refusal(`${target.where} contains an unfinished copy of another installation; name an empty database`);
  if (found.migration !== first.migration)
    throw refusal(`${target.where} contains an unfinished copy by another version; name an empty database`);
  return { tables, mark: found, isNew: false };
}

async function rowsIn(store: Store, tables: Table[]): Promise<number> {
  let total = 0;
  for (const table of tables) total += await store.count(table);
  return total;
}

type Work = { source: Store; target: Target; tables: Table[]; options: MoveOptions; total: number };

/** Copies up to the first refused row, then only collects further refusals. */
async function copyTables({ source, target, tables, options, total }: Work, found: Mark): Promise<void> {
  let mark = found;
  let rows = 0;
  const refusals: Refusal[] = [];
  const start = Math.max(
    0,
    tables.findIndex(({ name }) => name === found.position?.table),
  );
  for (const table of tables.slice(start)) {
    const after = table.name === found.position?.table ? found.position.after : null;
    for await (const batch of source.rows(table, after)) {
      refusals.push(...unreadable(table, batch), ...target.refusalsOf(table, batch));
      if (refusals.length >= MAX_REFUSALS) throw new RefusedRowsError(refusals.slice(0, MAX_REFUSALS));
      if (refusals.length === 0) mark = await insertBatch(target, table, batch, mark);
      rows += batch.length;
      options.onCopied?.(rows, total);
    }
  }
  if (refusals.length > 0) throw new RefusedRowsError(refusals);
}

function unreadable(table: Table, rows: Row[]): Refusal[] {
  return rows.flatMap((row) =>
    row.flatMap((cell, at) =>
      cell instanceof Unreadable
        ? [
            {
              table: table.name,
              key: keyOf(table, row).join(', '),
              column: table.columns[at]?.name ?? '',
              reason: cell.reason,
            },
          ]
        : [],
    ),
  );
}

/** Bisects a batch that the database refuses, to find the row. Resolves to the mark after the batch. */
async function insertBatch(target: Target, table: Table, rows: Row[], from: Mark): Promise<Mark> {
  const last = rows.at(-1);
  const to: Mark = { ...from, position: { table: table.name, after: last ? keyOf(table, last) : null } };
  try {
    await target.insert(table, rows, from, to);
    return to;
  } catch (cause) {
    const code = outageCode(cause);
    if (code === '' || cause instanceof TakenOverError) throw cause;
    if (rows.length > 1) {
      const half = Math.ceil(rows.length / 2);
      return insertBatch(target, table, rows.slice(half), await insertBatch(target, table, rows.slice(0, half), from));
    }
    const key = keyOf(table, rows[0] ?? []).join(', ');
    throw new RefusedRowsError([{ table: table.name, key, column: '*', reason: `is refused by the target (${code})` }]);
  }
}

async function compareTables({ source, target, tables, options, total }: Work): Promise<Compared[]> {
  const compared: Compared[] = [];
  let rows = 0;
  for (const table of tables) {
    const one = await compareTable(table, source, target, (more) => {
      rows += more;
      options.onCompared?.(rows, total);
    });
    if (one.difference !== null)
      throw refusal(
        `"${one.table}" differs: ${one.difference}. The source may have changed since the copy began: ` +
          'stop every server on it and copy into an empty database',
      );
    compared.push(one);
  }
  return compared;
}

function refusal(reason: string): AppError {
  return new AppError('invalid_input', { reason });
}

function containsData({ where }: Store, table: string): AppError {
  return refusal(`${where} already contains data, in "${table}"; name an empty database`);
}
