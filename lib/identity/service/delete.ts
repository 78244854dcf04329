import { endOfIdentity } from '@/lib/application-session/service';
import { blankEvents, recordEvent } from '@/lib/audit/service';
import { blankResponses } from '@/lib/idempotency/service';
import type { Actor } from '@/lib/platform/actor';
import { ConcurrentUpdateError, type Tx, transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { guardLastOwner } from '@/lib/role/service';
import type { Identity } from '../model';
import { type DeletedSummary, purgeTime } from '../model/deleted';
import * as rows from '../repository';
import { readPasskeys } from '../repository/kept-passkeys';
import * as bin from '../repository/recycle-bin';
import { requireCondition, type WriteCondition, type WriteOptions } from './condition';
import { canonicalId } from './get';

/**
 * `purge`: permanently, also if the identity is in the recycle bin. `undoes`: ID of the event that this undoes.
 */
export type DeleteOptions = WriteOptions & { purge?: boolean | undefined; undoes?: string | undefined };
/** `purgeAt`: until when it can be restored; null: it was deleted permanently. */
export type Deletion = { purgeAt: Date | null };

/**
 * Deletes an identity with its dependents: into the project's recycle bin, or permanently if the project has none, if
 * the person deletes their own identity or asked for its deletion, or with `purge`. Its keys are free at once, and it
 * loses its roles. A permanent deletion redacts its audit events. Refuses as `changeIdentity`.
 */
export async function deleteIdentity(
  actor: Actor,
  id: string,
  { tx: outer, purge = false, undoes, ...condition }: DeleteOptions = {},
): Promise<Deletion> {
  return transaction(async (tx) => {
    const found = await bin.findForDeletion(tx, actor.projectId, canonicalId(id) ?? '');
    if (!found) return purge ? purgeFromBin(tx, actor, id, condition) : notFound();
    const { identity, recycleBinDays, hasApplicationSessions } = found;
    requireCondition(actor, identity, condition);
    await guardLastOwner(tx, identity.id, identity.operatorRoles);
    if (hasApplicationSessions) await endOfIdentity(tx, identity);
    const isOwn = actor.id === identity.id || identity.deletionDueAt !== null;
    return purge || isOwn || recycleBinDays === 0
      ? deletePermanently(tx, actor, identity, purge)
      : moveToBin(tx, actor, identity, recycleBinDays, undoes);
  }, outer);
}

async function deletePermanently(tx: Tx, actor: Actor, identity: Identity, purge: boolean): Promise<Deletion> {
  const { id, projectId } = identity;
  if (!(await rows.deleteIdentityRow(tx, identity))) throw new ConcurrentUpdateError();
  // An import may have created an identity with the ID of one in the recycle bin.
  if (purge) bin.forgetDeleted(tx, projectId, id);
  redact(tx, projectId, id);
  // Self-deletion leaves no client address either.
  const by = actor.id === id ? { ...actor, address: null } : actor;
  await recordEvent(tx, by, { type: 'identity.deleted', identityId: id });
  return { purgeAt: null };
}

async function moveToBin(
  tx: Tx,
  actor: Actor,
  identity: Identity,
  days: number,
  undoes: string | undefined,
): Promise<Deletion> {
  const deletedAt = new Date();
  const purgeAt = purgeTime(deletedAt, days);
  const passkeys = await readPasskeys(tx, identity);
  if (!(await rows.deleteIdentityRow(tx, identity))) throw new ConcurrentUpdateError();
  const deletedBy = { kind: actor.kind, id: actor.id };
  const deleted = { id: newId(), ...bin.summaryOf(identity), deletedBy, deletedAt, purgeAt, identity };
  bin.insertDeleted(tx, deleted, passkeys);
  const details = { purge_at: purgeAt.toISOString(), ...(undoes !== undefined && { undoes }) };
  await recordEvent(tx, actor, { type: 'identity.deleted', identityId: identity.id, details });
  return { purgeAt };
}

/**
 * Deletes an identity from the recycle bin permanently. Refuses: `not_found` if it is not there, `precondition_failed`,
 * `operator_protected` if it held a role, and what `guard` throws.
 */
export async function purgeIdentity(
  actor: Actor,
  id: string,
  { tx: outer, ...condition }: WriteOptions = {},
): Promise<void> {
  await transaction((tx) => purgeFromBin(tx, actor, id, condition), outer);
}

async function purgeFromBin(tx: Tx, actor: Actor, id: string, condition: WriteCondition): Promise<Deletion> {
  const deleted = await bin.findDeleted(actor.projectId, canonicalId(id) ?? '', tx);
  if (!deleted) return notFound();
  requireCondition(actor, deleted.identity, condition);
  if (!(await purgeDeleted(tx, actor, deleted))) throw new ConcurrentUpdateError();
  return { purgeAt: null };
}

/** Deletes from the recycle bin permanently. False if it has gone. */
export async function purgeDeleted(tx: Tx, actor: Actor, deleted: DeletedSummary): Promise<boolean> {
  const { projectId, identityId } = deleted;
  if (!(await bin.takeDeleted(tx, deleted))) return false;
  redact(tx, projectId, identityId);
  await recordEvent(tx, actor, { type: 'identity.purged', identityId });
  return true;
}

function redact(tx: Tx, projectId: string, identityId: string): void {
  blankEvents(tx, projectId, identityId);
  blankResponses(tx, projectId, identityId);
}

function notFound(): never {
  throw new AppError('not_found');
}
