import type { Refusal, Row, Table } from './tables';

/** Progress of a copy; `after` is the key of the last row copied, null before the first. */
type Position = { table: string; after: string[] | null };
/** The row of the table `MOVE_MARK`, which exists in the target until the copy is verified. */
export type Mark = { source: string; migration: string; position: Position | null };

/** What a copy needs of either database. */
export type Store = {
  /** For messages; without user and password. */
  where: string;
  /** The tables of these models (name to columns) as this database describes them. */
  readTables: (models: Map<string, string[]>) => Promise<Table[]>;
  /** Tables that triggers fill. */
  readTriggered: () => Promise<Set<string>>;
  count: (table: Pick<Table, 'name'>) => Promise<number>;
  /** Rows after a key, in bytewise key order; all calls read one snapshot. */
  rows: (table: Table, after: string[] | null) => AsyncGenerator<Row[]>;
  /** Identifies the installation in this database. */
  readInstallation: () => Promise<string>;
  close: () => Promise<void>;
};

export type Target = Store & {
  /** Those of the rows that this database cannot store. */
  refusalsOf: (table: Table, rows: Row[]) => Refusal[];
  readMark: () => Promise<Mark | null>;
  createMark: (mark: Mark) => Promise<void>;
  /** Inserts rows and moves the mark in one transaction. Throws if another process moved the mark. */
  insert: (table: Table, rows: Row[], from: Mark, to: Mark) => Promise<void>;
  /** After verification: removes the mark, flushes, and updates the planner's statistics. */
  finish: () => Promise<void>;
};

/** Bytes per batch: bounds memory and the transaction. */
const BATCH_BYTES = 1_000_000;
const MAX_BATCH_ROWS = 2000;

/** The size of the next batch, given the last one. */
export function nextBatchSize(rows: Row[]): number {
  const bytes = rows.reduce(
    (sum, row) => row.reduce((total, cell) => total + (typeof cell === 'string' ? cell.length : 8), sum),
    0,
  );
  return Math.max(1, Math.min(MAX_BATCH_ROWS, Math.floor((BATCH_BYTES * rows.length) / (bytes || 1))));
}

export const FIRST_BATCH_ROWS = 20;

export class TakenOverError extends Error {
  constructor(where: string) {
    super(`Another process is copying into ${where}`);
  }
}
