import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { yieldToEventLoop } from '../../event-loop';
import { describeDatabase } from '../describe';
import { MOVE_MARK } from '../migrations';
import { acquireServerLock } from '../server-lock';
import { sqliteFile } from '../sqlite-file.mjs';
import { FIRST_BATCH_ROWS, type Mark, nextBatchSize, type Store, TakenOverError, type Target } from './store';
import { type Cell, type Column, type ColumnType, type Row, type Table, tablesWrittenBy, Unreadable } from './tables';

const TYPES: Record<string, ColumnType> = {
  TEXT: 'text',
  INTEGER: 'integer',
  BIGINT: 'bigint',
  BOOLEAN: 'boolean',
  DATETIME: 'date',
  BLOB: 'bytes',
};

/** Throws `ServerRunningError` if a server uses the file; keeps servers from starting until it is closed. */
export function openSqliteSource(url: string): Store {
  const lock = acquireServerLock(url);
  try {
    const db = new Database(sqliteFile(url), { readonly: true, timeout: 10_000 });
    db.exec('BEGIN'); // one snapshot; other commands may write concurrently
    return storeOf(db, url, lock.release);
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Creates a missing file, readable by its owner only, for the migrations. */
export function createSqliteFile(url: string): void {
  const file = sqliteFile(url);
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  if (!existsSync(file)) closeSync(openSync(file, 'wx', 0o600));
}

/** As `openSqliteSource`, for a migrated file. */
export function openSqliteTarget(url: string): Target {
  const lock = acquireServerLock(url);
  const db = new Database(sqliteFile(url), { timeout: 10_000 });
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL'); // a power loss undoes whole transactions, including the mark
  db.pragma('foreign_keys = OFF'); // checked at the end
  return { ...storeOf(db, url, lock.release), ...writerOf(db, describeDatabase(url)) };
}

function storeOf(db: Database.Database, url: string, release: () => void): Store {
  return {
    where: describeDatabase(url),
    readTables: async (models) => [...models].map(([name, columns]) => readTable(db, name, columns)),
    readTriggered: async () =>
      tablesWrittenBy(db.prepare<[], string>("SELECT sql FROM sqlite_master WHERE type = 'trigger'").pluck().all()),
    count: async ({ name }) => db.prepare<[], number>(`SELECT count(*) FROM "${name}"`).pluck().get() ?? 0,
    rows: (table, after) => readRows(db, table, after),
    readInstallation: async () =>
      JSON.stringify([
        db.prepare('SELECT "secretCheck" FROM "Installation"').all(),
        db.prepare('SELECT min("id") AS "id" FROM "Organization"').all(),
      ]),
    close: async () => {
      db.close();
      release();
    },
  };
}

function writerOf(db: Database.Database, where: string): Omit<Target, keyof Store> {
  return {
    refusalsOf: () => [],
    readMark: async () => {
      if (!db.prepare('SELECT 1 FROM sqlite_master WHERE name = ?').get(MOVE_MARK)) return null;
      const text = db.prepare<[], string>(`SELECT mark FROM ${MOVE_MARK}`).pluck().get();
      return text === undefined ? null : JSON.parse(text);
    },
    createMark: async (mark) => {
      const create = db.transaction(() => {
        db.exec(`CREATE TABLE ${MOVE_MARK} (mark TEXT NOT NULL)`);
        db.prepare(`INSERT INTO ${MOVE_MARK} VALUES (?)`).run(JSON.stringify(mark));
      });
      create();
    },
    insert: async (table, rows, from, to) => insertRows(db, where, table, rows, from, to),
    finish: async () => finish(db, where),
  };
}

function readTable(db: Database.Database, name: string, columns: string[]): Table {
  const found = db
    .prepare<[string], { name: string; type: string; pk: number }>('SELECT * FROM pragma_table_info(?)')
    .all(name);
  const types = new Map(found.map((column) => [column.name, TYPES[column.type.toUpperCase()]]));
  const key = found.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk);
  return {
    name,
    columns: columns.map((column): Column => {
      const type = types.get(column);
      if (!type) throw new Error(`"${name}"."${column}" has a type that cannot be moved`);
      return { name: column, type };
    }),
    key: key.map((column) => columns.indexOf(column.name)),
    references: db.prepare<[string], string>('SELECT "table" FROM pragma_foreign_key_list(?)').pluck().all(name),
  };
}

async function* readRows(db: Database.Database, table: Table, after: string[] | null): AsyncGenerator<Row[]> {
  const { name, columns, key } = table;
  const list = columns.map((column) => `"${column.name}"`).join(', ');
  const keys = key.map((at) => `"${columns[at]?.name}"`).join(', ');
  const read = (where: string) =>
    db
      .prepare<unknown[], unknown[]>(`SELECT ${list} FROM "${name}" ${where} ORDER BY ${keys} LIMIT ?`)
      .raw(true)
      .safeIntegers(true);
  const first = read('');
  const next = read(`WHERE (${keys}) > (${key.map(() => '?').join(', ')})`);
  for (let place = after, limit = FIRST_BATCH_ROWS; ; ) {
    const found = place
      ? next.all(...place.map((value, at) => toSqlite(columns[key[at] ?? 0], value)), limit)
      : first.all(limit);
    if (found.length === 0) return;
    const rows = found.map((values) => values.map((value, at) => toCell(columns[at]?.type ?? 'text', value)));
    markInvalidText(db, table, rows);
    yield rows;
    const last = found.at(-1);
    place = key.map((at) => String(last?.[at]));
    limit = nextBatchSize(rows);
    await yieldToEventLoop();
  }
}

const DATE = /^(\d{4,6}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d(?:\.\d+)?)(Z|[+-]\d\d:\d\d)?$/;

function toCell(type: ColumnType, value: unknown): Cell {
  if (value === null) return null;
  if (type === 'text' && typeof value === 'string') return value;
  if (type === 'bytes' && Buffer.isBuffer(value)) return value.toString('hex');
  if (type === 'bigint' && typeof value === 'bigint') return String(value);
  if (type === 'integer' && typeof value === 'bigint' && BigInt.asIntN(32, value) === value) return String(value);
  if (type === 'boolean' && (value === 0n || value === 1n)) return String(value === 1n);
  if (type === 'date') {
    const date = toDate(value);
    if (date) return date;
  }
  return new Unreadable(`is not a value of its type (${type})`);
}

/** From text as Prisma's adapter or SQL writes it, or milliseconds; UTC if it has no zone. */
function toDate(value: unknown): string | null {
  const [, day, time, zone = 'Z'] = typeof value === 'string' ? (DATE.exec(value) ?? []) : [];
  const date = new Date(typeof value === 'bigint' ? Number(value) : `${day}T${time}${zone}`);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** The driver replaces invalid UTF-8 by U+FFFD, which would then be copied. */
function markInvalidText(db: Database.Database, { name, columns, key }: Table, rows: Row[]): void {
  for (const row of rows) {
    columns.forEach((column, at) => {
      if (column.type !== 'text' || !String(row[at]).includes('\ufffd')) return;
      const where = key.map((position) => `"${columns[position]?.name}" = ?`).join(' AND ');
      const bytes = db
        .prepare<unknown[], Buffer>(`SELECT CAST("${column.name}" AS BLOB) FROM "${name}" WHERE ${where}`)
        .pluck();
      const found = bytes.get(...key.map((position) => row[position]));
      if (!found || found.toString('utf8') !== row[at] || !found.equals(Buffer.from(String(row[at]))))
        row[at] = new Unreadable('is not UTF-8');
    });
  }
}

function insertRows(
  db: Database.Database,
  where: string,
  { name, columns }: Table,
  rows: Row[],
  from: Mark,
  to: Mark,
): void {
  const insert = db.prepare(
    `INSERT INTO "${name}" (${columns.map((column) => `"${column.name}"`).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  );
  const moveMark = db.prepare(`UPDATE ${MOVE_MARK} SET mark = ? WHERE mark = ?`);
  const step = db.transaction(() => {
    const { changes } = moveMark.run(JSON.stringify(to), JSON.stringify(from));
    if (changes !== 1) throw new TakenOverError(where);
    for (const row of rows) insert.run(row.map((cell, at) => toSqlite(columns[at], cell)));
  });
  step.immediate();
}

/** In the format of Prisma's adapter. */
function toSqlite(column: Column | undefined, cell: Cell): unknown {
  if (cell === null || cell instanceof Unreadable) return null;
  if (column?.type === 'integer' || column?.type === 'bigint') return BigInt(cell);
  if (column?.type === 'boolean') return cell === 'true' ? 1 : 0;
  if (column?.type === 'date') return cell.replace('Z', '+00:00');
  return column?.type === 'bytes' ? Buffer.from(cell, 'hex') : cell;
}

function finish(db: Database.Database, where: string): void {
  const broken = db.prepare<[], { table: string; rowid: number }>('PRAGMA foreign_key_check').all();
  if (broken.length > 0) throw new Error(`${where} has rows that violate foreign keys, in "${broken[0]?.table}"`);
  db.pragma('analysis_limit = 1000');
  db.exec('ANALYZE');
  db.pragma('synchronous = FULL');
  db.exec(`DROP TABLE ${MOVE_MARK}`);
  db.pragma('wal_checkpoint(TRUNCATE)');
}
