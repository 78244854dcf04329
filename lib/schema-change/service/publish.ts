import type { Identity } from '@/lib/identity/model';
import { type IdentityMove, listByIds, listIdsOfSchema, moveIdentities } from '@/lib/identity/service';
import { type Principal, withLeftOut } from '@/lib/job/model';
import { actAs, type JobActor, JobEndedError } from '@/lib/job/service';
import type { Tx } from '@/lib/platform/db/transaction';
import { type AppError, isAppError } from '@/lib/platform/errors';
import { errorFields, log } from '@/lib/platform/log';
import { LeaseLostError } from '@/lib/queue/model';
import { getSchema } from '@/lib/schema/service';
import type { SchemaChange, StayReason } from '../model';
import * as rows from '../repository';
import { type Judgement, judge, judgeTaken, type Plan } from './judge';
import { openPrincipal } from './principal';
import { inStep, type Run } from './step';
import { inSteps } from './steps';

/** After this many claims identities are moved one by one, and those whose move keeps failing are left out. */
const MAX_ATTEMPTS = 4;

/**
 * Moves every identity of the schema to the published version in ID order, each step in a transaction under the lease
 * that also stores the position. What an identity is now decides, not what the impact found.
 */
export async function runPublication(run: Run, change: SchemaChange): Promise<void> {
  const { projectId, schemaId } = change;
  const schema = await getSchema(projectId, schemaId, change.version ?? undefined);
  const plan: Plan = { schema, repairs: change.repairs };
  const since = await startOf(change);
  const principal = openPrincipal(run.id, change.principal);
  await inSteps(run.signal, async (size) => {
    const limit = run.job.attempts >= MAX_ATTEMPTS ? 1 : size;
    try {
      return await moveNext(run, limit, (tx, current, ids) =>
        moveAll(tx, run, current, { plan, principal, ids, since }),
      );
    } catch (error) {
      if (limit > 1 || !mayLeaveOut(error)) throw error;
      log.error('identity left out of a schema change', { schema_change: run.id, ...errorFields(error) });
      return moveNext(run, limit, async (_, current, ids) => leaveOut(current, ids));
    }
  });
}

type Move = (tx: Tx, current: SchemaChange, ids: string[]) => Promise<SchemaChange>;

/** False after the last identity. Those created since the publication have its version already. */
async function moveNext(run: Run, limit: number, move: Move): Promise<boolean> {
  let count = 0;
  await inStep(run, async (tx, current) => {
    const page = await listIdsOfSchema(tx, run.projectId, current.schemaId, current.position, limit);
    count = page.length;
    const ids = page.filter(({ schemaVersion }) => schemaVersion !== current.version).map(({ id }) => id);
    const next = ids.length === 0 ? current : await move(tx, current, ids);
    const unchanged = next.unchanged + page.length - ids.length;
    return { ...next, unchanged, position: page.at(-1)?.id ?? current.position ?? '' };
  });
  return count === limit;
}

function mayLeaveOut(error: unknown): boolean {
  return (
    !(error instanceof JobEndedError || error instanceof LeaseLostError) &&
    !(isAppError(error) && error.code === 'overloaded')
  );
}

function leaveOut(current: SchemaChange, ids: string[]): SchemaChange {
  return { ...current, leftOut: ids.reduce((leftOut, id) => withLeftOut(leftOut, id, 'failed'), current.leftOut) };
}

/** Identities changed later than this were changed after their impact was read. */
async function startOf({ projectId, sourceJobId, createdAt }: SchemaChange): Promise<Date> {
  const impact = sourceJobId === null ? null : await rows.findSchemaChange(projectId, sourceJobId);
  return impact?.createdAt ?? createdAt;
}

type Batch = { plan: Plan; principal: Principal; ids: string[]; since: Date };

async function moveAll(
  tx: Tx,
  run: Run,
  current: SchemaChange,
  { plan, principal, ids, since }: Batch,
): Promise<SchemaChange> {
  const acting = await actAs(tx, run.projectId, run.id, principal);
  const identities = await listByIds(run.projectId, ids, tx);
  const moves: Array<IdentityMove & { judgement: Judgement }> = [];
  const stays: Array<{ id: string; reason: StayReason }> = [];
  for (const before of identities) {
    if (!isWithinReach(acting, before)) {
      stays.push({ id: before.id, reason: 'operator' });
      continue;
    }
    const judgement = judge(plan, before);
    const { outcome, traits } = judgement;
    if (outcome === 'valid' || outcome === 'repaired')
      moves.push({ before, schema: plan.schema, traits, isChecked: true, judgement });
    else stays.push({ id: before.id, reason: reasonOf(outcome, before, since) });
  }
  const refused = await moveIdentities(tx, acting.actor, moves);
  for (const { before, judgement } of moves) {
    const refusal = refused.get(before.id);
    if (refusal) stays.push({ id: before.id, reason: refusedReasonOf(refusal, plan, judgement, before, since) });
  }
  return {
    ...current,
    done: current.done + moves.length - refused.size,
    leftOut: stays.reduce((leftOut, { id, reason }) => withLeftOut(leftOut, id, reason), current.leftOut),
  };
}

function isWithinReach({ guard }: JobActor, identity: Identity): boolean {
  try {
    guard?.(identity);
    return true;
  } catch (error) {
    if (isAppError(error)) return false;
    throw error;
  }
}

function reasonOf(outcome: Judgement['outcome'], { updatedAt }: Identity, since: Date): StayReason {
  if (outcome === 'left') return 'chosen';
  return updatedAt > since ? 'changed' : 'invalid';
}

function refusedReasonOf(
  { code }: AppError,
  plan: Plan,
  judgement: Judgement,
  identity: Identity,
  since: Date,
): StayReason {
  if (code === 'operator_protected') return 'operator';
  if (code !== 'identifier_taken') return reasonOf('invalid', identity, since);
  const reason = reasonOf(judgeTaken(plan, judgement).outcome, identity, since);
  return reason === 'invalid' ? 'identifier_taken' : reason;
}
