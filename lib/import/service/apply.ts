import type { FieldChanges } from '@/lib/audit/model';
import { insertPeople, type PreparedPeople, preparePeople } from '@/lib/credential/service';
import type { Guard, Identity } from '@/lib/identity/model';
import { displayName } from '@/lib/identity/model/name';
import { changeIdentity } from '@/lib/identity/service';
import type { Actor } from '@/lib/platform/actor';
import type { Tx } from '@/lib/platform/db/transaction';
import { type AppError, type ErrorCode, isAppError } from '@/lib/platform/errors';
import type { Project } from '@/lib/project/model';
import type { ImportSettings, LeftOutReason } from '../model';
import { changesOf, mergeInto, type Planned } from './plan';

/** What happened to a row. `after`: the identity as it is then. */
export type RowOutcome =
  | { row: number; type: 'created'; after: Identity }
  | { row: number; type: 'changed'; after: Identity; name: string; changes: FieldChanges }
  | { row: number; type: 'same' }
  | { row: number; type: 'left_out'; id: string; reason: LeftOutReason }
  | { row: number; type: 'failed'; error: AppError };

export type Batch = { planned: Planned[]; people: PreparedPeople };

/** What can be checked before the transaction: keys of passkeys, and traits of new identities. */
export async function prepareBatch(actor: Actor, project: Project, planned: Planned[]): Promise<Batch> {
  const people = planned.flatMap((one) => (one.type === 'create' ? [one.incoming.person] : []));
  return { planned, people: await preparePeople(actor, project, people) };
}

/** One of the batch as a batch of its own. */
export function rowsOfBatch({ planned, people }: Batch): Batch[] {
  let at = 0;
  return planned.map((one) => ({
    planned: [one],
    people: { ...people, identities: one.type === 'create' ? people.identities.slice(at, ++at) : [] },
  }));
}

type Context = { actor: Actor; guard: Guard | undefined; project: Project; settings: ImportSettings };

/**
 * Writes a batch, in the order of the file. Throws the refusal of a row that only the database could find, such as
 * `identifier_taken`: its transaction must be rolled back, and the rows tried one by one.
 */
export async function applyBatch(tx: Tx, context: Context, { planned, people }: Batch): Promise<RowOutcome[]> {
  const outcomes: RowOutcome[] = [];
  const waiting: number[] = [];
  let at = 0;
  const create = async () => {
    if (waiting.length === 0) return;
    const identities = people.identities.slice(at, at + waiting.length);
    const created = await insertPeople(tx, context.actor, context.project, { ...people, identities });
    created.forEach((outcome, index) => {
      const row = waiting[index] ?? 0;
      outcomes.push(
        isAppError(outcome) ? { row, type: 'failed', error: outcome } : { row, type: 'created', after: outcome },
      );
    });
    at += waiting.length;
    waiting.length = 0;
  };
  for (const one of planned) {
    if (one.type === 'create') {
      waiting.push(one.row);
      continue;
    }
    await create();
    outcomes.push(
      one.type === 'failed' ? { row: one.row, type: 'failed', error: one.error } : await change(tx, context, one),
    );
  }
  await create();
  return outcomes;
}

/** Refusals that are found before the identity is written. */
const EARLY: readonly ErrorCode[] = [
  'forbidden',
  'operator_protected',
  'last_owner',
  'invalid_traits',
  'invalid_input',
  'unknown_schema',
  'not_found',
];

async function change(
  tx: Tx,
  { actor, guard, settings }: Context,
  { row, incoming, current }: Extract<Planned, { type: 'existing' }>,
): Promise<RowOutcome> {
  if (settings.policy === 'create') return { row, type: 'same' };
  try {
    const planned = mergeInto(current, incoming);
    if (Object.keys(changesOf(current, planned)).length === 0) return { row, type: 'same' };
    let changes: FieldChanges = {};
    const merge = (now: Identity) => {
      const wanted = mergeInto(now, incoming);
      changes = changesOf(now, wanted);
      return wanted;
    };
    const after = await changeIdentity(actor, current.id, merge, { guard, tx });
    if (Object.keys(changes).length === 0) return { row, type: 'same' };
    return { row, type: 'changed', after, name: displayName(after) || after.id, changes };
  } catch (error) {
    if (!isAppError(error) || !EARLY.includes(error.code)) throw error;
    const reason = reasonOf(error.code);
    return reason ? { row, type: 'left_out', id: current.id, reason } : { row, type: 'failed', error };
  }
}

function reasonOf(code: ErrorCode): LeftOutReason | null {
  if (code === 'last_owner') return 'last_owner';
  return code === 'forbidden' || code === 'operator_protected' ? 'operator' : null;
}
