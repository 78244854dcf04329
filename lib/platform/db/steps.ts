import { asciiDomains } from './steps/ascii-domains';

/** What a step reads and writes with, inside one transaction. Both databases: `?` for a value, names of tables and columns in "". */
export type StepTx = {
  all: (sql: string, ...values: StepValue[]) => Promise<StepRow[]>;
  /** Resolves to how many rows it changed. */
  run: (sql: string, ...values: StepValue[]) => Promise<number>;
  /** A moment as a column of this database takes it. */
  moment: (date: Date) => string;
};
export type StepValue = string | number | null;
export type StepRow = Record<string, unknown>;

/** Where a step has got to: the next piece begins there; null: all is done. `rows` were looked at in this piece. */
export type StepProgress = { cursor: string | null; rows: number };

/**
 * Does a bounded piece of work, from a cursor on (null: from the beginning), in a transaction that also keeps the cursor: what ends
 * in the middle goes on there at the next start, and of two processes each takes the next piece. A step is history like its SQL:
 * it says all statements itself, and asks no noun, whose rules change.
 */
export type Step = (tx: StepTx, cursor: string | null) => Promise<StepProgress>;

/** By the name of the migration whose SQL they follow. */
export const STEPS: Readonly<Record<string, Step>> = {
  '20261129233000_ascii_domains': asciiDomains,
};
