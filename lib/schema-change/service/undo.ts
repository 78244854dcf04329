import type { AuditEvent } from '@/lib/audit/model';
import { listEvents } from '@/lib/audit/service';
import { guardOperators, type Identity } from '@/lib/identity/model';
import { type IdentityMove, listByIds, moveIdentities, restorationOf } from '@/lib/identity/service';
import { type Principal, withLeftOut } from '@/lib/job/model';
import { actAs, type JobActor } from '@/lib/job/service';
import type { Tx } from '@/lib/platform/db/transaction';
import { type AppError, isAppError } from '@/lib/platform/errors';
import type { IdentitySchema } from '@/lib/schema/model';
import { getSchema, withdrawSchemaVersion } from '@/lib/schema/service';
import type { SchemaChange, StayReason } from '../model';
import { openPrincipal } from './principal';
import { inStep, type Run } from './step';
import { inSteps } from './steps';

/**
 * Undoes a publication, or the undo of one: its events, newest first, each step in a transaction under the lease that
 * also stores the position. An identity gets back what its event changed; later changes of other fields stay, and one
 * whose same fields were changed is left as it is.
 */
export async function runUndo(run: Run, change: SchemaChange): Promise<void> {
  const { projectId, sourceJobId } = change;
  if (sourceJobId === null) return;
  if (change.position === null) await undoVersion(run, sourceJobId);
  const principal = openPrincipal(run.id, change.principal);
  await inSteps(run.signal, async (size) => {
    let count = 0;
    await inStep(run, async (tx, current) => {
      // Events never change, so they are read outside of the transaction.
      const window = { before: current.position ?? undefined, limit: size };
      const events = await listEvents(projectId, { jobId: sourceJobId }, window);
      count = events.length;
      const next = events.length === 0 ? current : await undoAll(tx, { ...run, principal }, current, events);
      return { ...next, position: events.at(-1)?.id ?? current.position };
    });
    return count === size;
  });
}

/** Before identities: new ones get another version from now on. Done twice, it changes nothing. */
async function undoVersion(run: Run, sourceJobId: string): Promise<void> {
  const types = ['schema.updated', 'schema.version_withdrawn', 'schema.version_restored'] as const;
  const events = await listEvents(run.projectId, { jobId: sourceJobId, types: [...types] }, { limit: 10 });
  await inStep(run, async (tx, current) => {
    const { actor } = await actAs(tx, run.projectId, run.id, openPrincipal(run.id, current.principal));
    for (const { type, details } of events) {
      if (typeof details.version !== 'number') continue;
      const isWithdrawn = type !== 'schema.version_withdrawn';
      await withdrawSchemaVersion(tx, actor, { schemaId: current.schemaId, version: details.version, isWithdrawn });
    }
    return current;
  });
}

/** Versions that identities of a step return to: read once each, as most return to the same one. */
type Schemas = Map<string, IdentitySchema>;

type Item = { event: AuditEvent; id: string };

async function undoAll(
  tx: Tx,
  { projectId, id: jobId, principal }: Run & { principal: Principal },
  current: SchemaChange,
  events: AuditEvent[],
): Promise<SchemaChange> {
  const acting = await actAs(tx, projectId, jobId, principal);
  const items = events.flatMap((event): Item[] =>
    event.type === 'identity.updated' && event.identityId !== null ? [{ event, id: event.identityId }] : [],
  );
  const found = await listByIds(
    projectId,
    items.map(({ id }) => id),
    tx,
  );
  const identities = new Map(found.map((identity) => [identity.id, identity]));
  let leftOut = current.leftOut;
  const stay = (id: string, reason: StayReason) => {
    leftOut = withLeftOut(leftOut, id, reason);
  };
  const moves: IdentityMove[] = [];
  const schemas: Schemas = new Map();
  for (const { id, event } of items) {
    const identity = identities.get(id);
    const move = identity && (await moveBack(tx, identity, event, schemas));
    if (!identity) stay(id, 'gone');
    else if (!mayChange(acting, identity)) stay(id, 'operator');
    else if (move) moves.push(move);
    else stay(id, 'conflict');
  }
  const refused = await moveIdentities(tx, acting.actor, moves);
  for (const [id, refusal] of refused) stay(id, reasonOf(refusal));
  return { ...current, done: current.done + moves.length - refused.size, leftOut };
}

/** Null: what the event changed was changed since. */
async function moveBack(tx: Tx, before: Identity, event: AuditEvent, schemas: Schemas): Promise<IdentityMove | null> {
  const restoration = restorationOf(event, before);
  if (!restoration) return null;
  const { schemaId, schemaVersion, traits } = restoration;
  const key = `${schemaVersion} ${schemaId}`;
  const schema = schemas.get(key) ?? (await getSchema(before.projectId, schemaId, schemaVersion, tx));
  schemas.set(key, schema);
  return { before, schema, traits, undoes: event.id };
}

function mayChange({ actor, guard }: JobActor, identity: Identity): boolean {
  try {
    guardOperators(actor, identity);
    guard?.(identity);
    return true;
  } catch (error) {
    if (isAppError(error)) return false;
    throw error;
  }
}

function reasonOf({ code }: AppError): StayReason {
  if (code === 'operator_protected') return 'operator';
  return code === 'identifier_taken' ? 'identifier_taken' : 'invalid';
}
