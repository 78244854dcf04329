import { asciiDomains } from './steps/ascii-domains';
import { lastSignIns } from './steps/last-sign-ins';

/** Database access of a step, inside one transaction. Both databases: `?` for a value, table and column names in "". */
export type StepTx = {
  all: (sql: string, ...values: StepValue[]) => Promise<StepRow[]>;
  /** Resolves to the number of rows changed. */
  run: (sql: string, ...values: StepValue[]) => Promise<number>;
  /** A moment in the column format of this database. */
  moment: (date: Date) => string;
};
export type StepValue = string | number | null;
export type StepRow = Record<string, unknown>;

/** Progress of a step: the next piece begins at `cursor`; null: done. `rows` were processed in this piece. */
export type StepProgress = { cursor: string | null; rows: number };

/**
 * Does a bounded piece of work, from a cursor on (null: from the beginning), in a transaction that also stores the
 * cursor: an interrupted step resumes there at the next start, and concurrent processes take piece after piece. A step
 * is history like its SQL: it contains all of its statements and calls no noun, whose rules change.
 */
export type Step = (tx: StepTx, cursor: string | null) => Promise<StepProgress>;

/** By the name of the migration whose SQL they follow. */
export const STEPS: Readonly<Record<string, Step>> = {
  '20261129233000_ascii_domains': asciiDomains,
  '20261130111500_bulk_actions': lastSignIns,
};
