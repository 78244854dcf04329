import type { Tx } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { toCell, toRecord } from '@/lib/transfer/model/cell';
import { parseRecords } from '../csv';
import { type FailedRow, type Import, REASON_COLUMN } from '../model';
import * as rows from '../repository';
import type { RowOutcome } from './apply';
import type { SourceRow } from './rows';
import { toFailed } from './tally';

/** A refused row as it was read. An excessively long row has no text. */
type Refused = FailedRow & { text: string };

/** The refused rows among these, as bytes to store; null without any. */
function refusedOf(read: ReadonlyMap<number, SourceRow>, outcomes: RowOutcome[]): Uint8Array | null {
  const refused = outcomes.flatMap((outcome): Refused[] =>
    outcome.type === 'failed'
      ? [{ ...toFailed(outcome.row, outcome.error), text: read.get(outcome.row)?.text ?? '' }]
      : [],
  );
  if (refused.length === 0) return null;
  return Buffer.from(refused.map((one) => `${JSON.stringify(one)}\n`).join(''));
}

export async function storeRefused(
  one: Pick<Import, 'id' | 'projectId'>,
  read: ReadonlyMap<number, SourceRow>,
  outcomes: RowOutcome[],
  tx?: Tx,
): Promise<void> {
  const bytes = refusedOf(read, outcomes);
  const last = outcomes.at(-1);
  if (bytes && last) await rows.insertChunk(one, { kind: 'refused', number: last.row, bytes }, tx);
}

/**
 * The refused rows as a file to correct and import again: the original columns and one with the reason. In the format of
 * the upload: CSV with its delimiter, or JSON Lines. `toReason`: the reason in words, in English by default. Refuses: `not_found` if no row was refused.
 */
export async function openRefused(
  one: Import,
  toReason = ({ row, reason }: FailedRow) => `Row ${row}: ${reason}`,
): Promise<{ mediaType: string; name: string; text: AsyncGenerator<string> }> {
  if (!(await rows.hasChunks(one.id, 'refused'))) throw new AppError('not_found');
  const isCsv = one.settings.format === 'csv';
  const base = one.name.replace(/\.[^.]*$/, '') || 'import';
  return {
    mediaType: isCsv ? 'text/csv; charset=utf-8' : 'application/jsonl; charset=utf-8',
    name: `${base}-errors.${isCsv ? 'csv' : 'jsonl'}`,
    text: isCsv ? csvText(one, toReason) : jsonText(one, toReason),
  };
}

async function* refusedRows(id: string): AsyncGenerator<Refused> {
  for await (const chunk of rows.readChunks(id, 'refused'))
    for (const line of Buffer.from(chunk).toString().split('\n')) if (line !== '') yield JSON.parse(line);
}

type ToReason = (failed: FailedRow) => string;

async function* csvText(one: Import, toReason: ToReason): AsyncGenerator<string> {
  const { delimiter } = one.settings;
  const header = one.settings.columns.filter((name) => name !== REASON_COLUMN);
  yield `\uFEFF${toRecord([...header, REASON_COLUMN], delimiter)}`;
  const places = one.settings.columns;
  for await (const failed of refusedRows(one.id)) {
    const cells = cellsOf(failed.text, one);
    const own = places.flatMap((name, at) => (name === REASON_COLUMN ? [] : [cells[at] ?? '']));
    yield toRecord([...own, toCell(toReason(failed), true)], delimiter);
  }
}

function cellsOf(text: string, { settings }: Import): string[] {
  try {
    return text === '' ? [] : (parseRecords(text, settings.delimiter)[0] ?? []);
  } catch {
    return [text];
  }
}

async function* jsonText(one: Import, toReason: ToReason): AsyncGenerator<string> {
  for await (const { text, ...failed } of refusedRows(one.id)) {
    const record = parsed(text);
    const why = toReason(failed);
    yield `${JSON.stringify(record ? { ...record, [REASON_COLUMN]: why } : { [REASON_COLUMN]: why, text })}\n`;
  }
}

function parsed(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
