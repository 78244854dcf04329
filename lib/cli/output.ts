import { CommanderError } from 'commander';
import { isImpaired, isOverload, isUnreachable, outageCode } from '@/lib/platform/db/violations';
import { SettingsError } from '@/lib/platform/env';
import { isAppError } from '@/lib/platform/errors';
import { isolated } from '@/lib/platform/text';

/** Where a command writes: its result to `out`, everything else to `err`. */
export type Io = {
  out: (text: string) => void;
  err: (text: string) => void;
  /** `err` is a terminal. */
  isTerminal?: boolean;
};

/** Prints one JSON value on one line with `--json`, otherwise the lines. */
export function printResult(io: Io, isJson: boolean | undefined, value: unknown, lines: readonly string[]): void {
  io.out(isJson ? `${JSON.stringify(value)}\n` : `${lines.map(stripControls).join('\n')}\n`);
}

/** On a terminal, control characters in a name could move the cursor or reverse the rest of the line. */
function stripControls(line: string): string {
  return line.replace(/(?!\n)\p{Cc}/gu, ' ').replace(/[\u202a-\u202e\u2066\u2067]/gu, '');
}

/** `Name   value` lines, indented and aligned. */
export function nameValueLines(pairs: ReadonlyArray<readonly [string, string]>): string[] {
  const width = Math.max(...pairs.map(([name]) => name.length));
  return pairs.map(([name, value]) => `  ${name.padEnd(width)}   ${isolated(value)}`);
}

/** Columns under their headings; the last one is not padded. */
export function table(raw: ReadonlyArray<readonly string[]>): string[] {
  const rows = raw.map((row) => row.map((text) => isolated(text)));
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('   ')
      .trimEnd(),
  );
}

export function toMinute(date: Date | null): string | null {
  return date && `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

export const REFUSED = 1;
const WRONG_USAGE = 2;

/** Ends a command with exit code 1; its output already says why. */
export class AlreadyReportedError extends Error {
  override readonly name = 'AlreadyReportedError';
}

/** Prints the error in one sentence, without a stack trace, and returns the exit code. */
export function report(error: unknown, io: Io): number {
  // Commander has already printed the error; requested help is not one.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USAGE;
  if (error instanceof AlreadyReportedError) return REFUSED;
  io.err(`${sentence(error)}\n`);
  return REFUSED;
}

/** The error as one sentence; a database driver's messages are omitted, because they may contain values. */
export function sentence(error: unknown): string {
  if (error instanceof SettingsError) return error.message;
  if (isAppError(error)) return error.details.reason ?? error.message;
  if (isUnreachable(error)) return 'The database cannot be reached';
  if (isImpaired(error)) return `The database fails to read or write (${outageCode(error)})`;
  if (isOverload(error)) return 'The database is busy; try again in a moment';
  if (!(error instanceof Error)) return 'An unexpected error occurred';
  // Only plain errors carry our own messages; a database driver's may contain values.
  if (error.name === 'Error' && !('code' in error)) return error.message;
  const code = 'code' in error ? ` ${String(error.code)}` : '';
  return `An unexpected error occurred (${error.name}${code})`;
}
