import type { JobActor } from '@/lib/job/service';
import type { Actor } from '@/lib/platform/actor';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { AppError, isAppError } from '@/lib/platform/errors';
import type { Project } from '@/lib/project/model';
import type { ImportSettings } from '../model';
import { applyBatch, type Batch, prepareBatch, type RowOutcome, rowsOfBatch } from './apply';
import type { Planned } from './plan';

export type StepContext = {
  project: Project;
  settings: ImportSettings;
  /** Opens each transaction: proves the lease and in whose name it acts. */
  begin: (tx: Tx) => Promise<Pick<JobActor, 'actor' | 'guard'>>;
};

/** Stores what was done, in the same transaction. */
type Save = (tx: Tx, outcomes: RowOutcome[]) => Promise<void>;

/**
 * Imports rows: all in one transaction with `save`, or, if the database refuses one of them, each in its own.
 */
export async function importRows(context: StepContext, actor: Actor, planned: Planned[], save: Save): Promise<void> {
  const batch = await prepareBatch(actor, context.project, planned);
  const write = (part: Batch) =>
    transaction(async (tx) => save(tx, await applyBatch(tx, await contextIn(tx, context), part)));
  try {
    await write(batch);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    for (const part of rowsOfBatch(batch)) await importRow(context, part, write, save);
  }
}

async function importRow(
  context: StepContext,
  part: Batch,
  write: (part: Batch) => Promise<void>,
  save: Save,
): Promise<void> {
  try {
    await write(part);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    await transaction(async (tx) => {
      await context.begin(tx);
      await save(tx, [{ row: part.planned[0]?.row ?? 0, type: 'failed', error }]);
    });
  }
}

/** What earlier rows of a dry run would hold by now. */
export type Claims = Set<string>;

/**
 * What importing the rows would do: the same writes, rolled back. Earlier rows were rolled back too, so that what they
 * would hold is in `claims`.
 */
export async function checkRows(
  context: StepContext,
  actor: Actor,
  planned: Planned[],
  claims: Claims,
): Promise<RowOutcome[]> {
  const batch = await prepareBatch(actor, context.project, planned);
  const outcomes = await rolledBack(context, batch).catch(async (error: unknown) => {
    if (!isRefusal(error)) throw error;
    const single: RowOutcome[] = [];
    for (const part of rowsOfBatch(batch)) single.push(...(await checkRow(context, part)));
    return single;
  });
  return outcomes.map((outcome) => claim(outcome, claims));
}

async function checkRow(context: StepContext, part: Batch): Promise<RowOutcome[]> {
  return rolledBack(context, part).catch((error: unknown) => {
    if (!isRefusal(error)) throw error;
    return [{ row: part.planned[0]?.row ?? 0, type: 'failed' as const, error }];
  });
}

/** Thrown to roll a transaction back after it has shown what it would do. */
class RolledBackError extends Error {
  override readonly name = 'RolledBackError';
  constructor(readonly outcomes: RowOutcome[]) {
    super('rolled back');
  }
}

async function rolledBack(context: StepContext, batch: Batch): Promise<RowOutcome[]> {
  try {
    return await transaction(async (tx) => {
      throw new RolledBackError(await applyBatch(tx, await contextIn(tx, context), batch));
    });
  } catch (error) {
    if (error instanceof RolledBackError) return error.outcomes;
    throw error;
  }
}

async function contextIn(tx: Tx, { begin, project, settings }: StepContext) {
  const { actor, guard } = await begin(tx);
  return { actor, guard, project, settings };
}

/** Refusals that belong to a row. A busy database is no fault of it. */
function isRefusal(error: unknown): error is AppError {
  return isAppError(error) && error.code !== 'overloaded' && error.code !== 'internal' && error.code !== 'rate_limited';
}

function claim(outcome: RowOutcome, claims: Claims): RowOutcome {
  if (outcome.type !== 'created' && outcome.type !== 'changed') return outcome;
  const { after, row } = outcome;
  const refused = (error: AppError): RowOutcome => ({ row, type: 'failed', error });
  const external = after.externalId === null ? [] : [`external:${after.externalId}:`];
  const identifiers = after.identifiers.map((value) => `identifier:${value}`);
  const ids = outcome.type === 'created' ? [`id:${after.id}`] : [];
  if (external.some((key) => claims.has(key))) return refused(new AppError('external_id_taken'));
  if (identifiers.some((key) => claims.has(key))) return refused(new AppError('identifier_taken'));
  if (ids.some((key) => claims.has(key)))
    return refused(new AppError('invalid_input', { reason: 'An identity with this ID exists' }));
  for (const key of [...external, ...identifiers, ...ids]) claims.add(key);
  return outcome;
}
