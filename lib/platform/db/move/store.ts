import type { Refusal, Row, Table } from './tables';

/** How far a copy has come; `after` is the key of the last row copied, null before the first. */
type Position = { table: string; after: string[] | null };
/** The row of the table `MOVE_MARK`, which exists in the target until the copy is verified. */
export type Mark = { source: string; migration: string; position: Position | null };

/** One of the two databases, behind what copying needs. */
export type Store = {
  /** For messages, without user and password. */
  where: string;
  /** The tables of these models (name to columns) as this database describes them. */
  readTables: (models: Map<string, string[]>) => Promise<Table[]>;
  /** Tables that triggers fill. */
  readTriggered: () => Promise<Set<string>>;
  count: (table: Table) => Promise<number>;
  /** Rows in the order of their keys, by bytes, after a key; all calls see one snapshot. */
  rows: (table: Table, after: string[] | null) => AsyncGenerator<Row[]>;
  /** Text that identifies the installation in this database. */
  readInstallation: () => Promise<string>;
  close: () => Promise<void>;
};

export type Target = Store & {
  /** Rows of these that the database cannot store. */
  refusalsOf: (table: Table, rows: Row[]) => Refusal[];
  readMark: () => Promise<Mark | null>;
  createMark: (mark: Mark) => Promise<void>;
  /** Inserts rows and moves the mark, in one transaction. Throws when another process moved the mark. */
  insert: (table: Table, rows: Row[], from: Mark, to: Mark) => Promise<void>;
  /** Removes the mark, once everything is verified; flushes and updates the planner's statistics. */
  finish: () => Promise<void>;
};

/** Bytes of rows read and written at a time: bounds memory, and the transaction. */
const BATCH_BYTES = 1_000_000;
const MAX_BATCH_ROWS = 2000;

/** The number of rows to read next, given the last ones. */
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
    super(`another process copies into ${where}, too`);
  }
}
