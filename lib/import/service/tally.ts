import type { FieldChanges } from '@/lib/audit/model';
import { withLeftOut } from '@/lib/job/model';
import type { AppError } from '@/lib/platform/errors';
import type { Json } from '@/lib/platform/json';
import { truncateText } from '@/lib/platform/text';
import { type FailedRow, type Import, MAX_FINDINGS } from '../model';
import type { RowOutcome } from './apply';

/** The part of an import that grows with each batch. */
export type Tally = Pick<
  Import,
  'position' | 'created' | 'changed' | 'same' | 'failed' | 'passwords' | 'leftOut' | 'findings'
>;

export const NO_TALLY: Tally = {
  position: 0,
  ...{ created: 0, changed: 0, same: 0, failed: 0, passwords: 0 },
  leftOut: { counts: {}, people: [] },
  findings: { changed: [], failed: [], fields: {} },
};

export function tallyOf({ position, created, changed, same, failed, passwords, leftOut, findings }: Import): Tally {
  return { position, created, changed, same, failed, passwords, leftOut, findings };
}

export function addOutcomes(before: Tally, outcomes: RowOutcome[], passwords: number): Tally {
  const tally = { ...before, passwords: before.passwords + passwords, findings: { ...before.findings } };
  for (const outcome of outcomes) addOutcome(tally, outcome);
  return { ...tally, position: outcomes.at(-1)?.row ?? before.position };
}

function addOutcome(tally: Tally, outcome: RowOutcome): void {
  const { findings } = tally;
  if (outcome.type === 'left_out') tally.leftOut = withLeftOut(tally.leftOut, outcome.id, outcome.reason);
  else tally[outcome.type] += 1;
  if (outcome.type === 'failed' && findings.failed.length < MAX_FINDINGS)
    findings.failed = [...findings.failed, toFailed(outcome.row, outcome.error)];
  if (outcome.type !== 'changed') return;
  const { row, after, name, changes } = outcome;
  findings.fields = { ...findings.fields };
  for (const pointer of Object.keys(changes)) {
    const isKnown = Object.hasOwn(findings.fields, pointer);
    if (isKnown || Object.keys(findings.fields).length < MAX_FINDINGS)
      findings.fields[pointer] = (findings.fields[pointer] ?? 0) + 1;
  }
  if (findings.changed.length < MAX_FINDINGS)
    findings.changed = [
      ...findings.changed,
      { row, id: after.id, name: truncateText(name, 200), changes: shown(changes) },
    ];
}

/** In characters of JSON. */
const MAX_SHOWN = 500;

function shown(changes: FieldChanges): FieldChanges {
  const short = (value: Json): Json => {
    const text = JSON.stringify(value);
    return text.length > MAX_SHOWN ? `${truncateText(text, MAX_SHOWN)}…` : value;
  };
  return Object.fromEntries(
    Object.entries(changes)
      .slice(0, MAX_FINDINGS)
      .map(([pointer, { before, after }]) => [pointer, { before: short(before), after: short(after) }]),
  );
}

export function toFailed(row: number, { code, message, details }: AppError): FailedRow {
  return { row, code, reason: truncateText(details.reason ?? message, 500) };
}
