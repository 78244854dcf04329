import { endOfIdentity } from '@/lib/application-session/service';
import { recordEvent } from '@/lib/audit/service';
import type { Locale } from '@/lib/i18n/model';
import { queueMail } from '@/lib/mail/service';
import type { Actor } from '@/lib/platform/actor';
import { ConcurrentUpdateError, type Tx, transaction } from '@/lib/platform/db/transaction';
import { isAppError } from '@/lib/platform/errors';
import { guardLastOwner } from '@/lib/role/service';
import type { Guard, Identity } from '../model';
import { addressMail } from '../model/address-mail';
import * as rows from '../repository/account-deletion';
import { getIdentityForWrite } from './condition';
import { deleteAccount } from './delete-account';
import { findIdentity } from './get';

/**
 * Deletes an account with a grace time: revokes everything issued before, mails until when signing in brings it back, and
 * leaves the rest to `purgeDueAccounts`. Links that undo an email change stay: the person who asked may be a stranger.
 * `before`: as read in this transaction. `locale`: the language of its mails if the person has chosen none.
 * Refuses: `last_owner`.
 */
export async function scheduleDeletion(
  tx: Tx,
  actor: Actor,
  before: Identity,
  { dueAt, locale }: { dueAt: Date; locale: Locale },
): Promise<Identity> {
  await guardLastOwner(tx, before.id, before.operatorRoles);
  const after = {
    ...before,
    deletionDueAt: dueAt,
    locale: before.locale ?? locale,
    revocationEpoch: before.revocationEpoch + 1,
    version: before.version + 1,
    updatedAt: new Date(),
  };
  if (!(await rows.scheduleDeletionRow(tx, before, after))) throw new ConcurrentUpdateError();
  await endOfIdentity(tx, before);
  const details = { due_at: dueAt.toISOString() };
  await recordEvent(tx, actor, { type: 'identity.deletion_requested', identityId: before.id, details });
  const envelope = addressMail(after, { actor });
  const params = { until: dueAt.getTime() };
  if (envelope) await queueMail(tx, before.projectId, { ...envelope, kind: 'account_deletion_requested', params });
  return after;
}

export type KeepReason = 'sign_in' | 'administrator' | 'email_change_undone';

/**
 * Cancels the pending deletion of an account, if there is one, and mails that it is kept. False if there is none, or if
 * another call cancelled it or the account was purged since it was read.
 */
export async function keepAccount(tx: Tx, actor: Actor, identity: Identity, reason: KeepReason): Promise<boolean> {
  const { id, projectId, deletionDueAt } = identity;
  if (deletionDueAt === null || !(await rows.cancelDeletionRow(tx, identity, new Date()))) return false;
  const details = { reason, due_at: deletionDueAt.toISOString() };
  await recordEvent(tx, actor, { type: 'identity.deletion_cancelled', identityId: id, details });
  const envelope = addressMail(identity, { actor });
  if (envelope) await queueMail(tx, projectId, { ...envelope, kind: 'account_kept', params: { reason } });
  return true;
}

/**
 * An operator cancels the pending deletion of an account; nothing happens if there is none. Its sessions stay ended.
 * Refuses: `not_found`, `operator_protected`, and what `guard` throws.
 */
export async function cancelDeletion(actor: Actor, id: string, { guard }: { guard?: Guard } = {}): Promise<void> {
  await transaction(async (tx) => {
    await keepAccount(tx, actor, await getIdentityForWrite(tx, actor, id, { guard }), 'administrator');
  });
}

const STEP = 50;

/**
 * The job: purges the accounts whose grace time is over, active or not, one per transaction, so that a killed process
 * leaves the rest to the next run. Resolves to the number purged. Throws the first failure, after it has tried the others.
 */
export async function purgeDueAccounts(now = new Date(), signal?: AbortSignal): Promise<number> {
  let purged = 0;
  const failures: unknown[] = [];
  for (let after: rows.DueAccount | null = null; ; ) {
    const due: rows.DueAccount[] = await rows.listDueAccounts(now, after, STEP);
    for (const account of due) {
      signal?.throwIfAborted();
      try {
        if (await purge(account, now)) purged += 1;
      } catch (error) {
        failures.push(error);
      }
    }
    after = due.at(-1) ?? null;
    if (due.length < STEP) break;
  }
  if (failures.length > 0) throw failures[0];
  return purged;
}

/** False if the person came back, or if another process purged the account. */
async function purge({ projectId, id }: rows.DueAccount, now: Date): Promise<boolean> {
  // The person deleted it; what they did it with is blanked with the other events.
  const actor: Actor = { projectId, kind: 'identity', id, requestId: null, address: null };
  try {
    return await transaction(async (tx) => {
      const identity = await findIdentity(projectId, id, tx);
      if (!identity?.deletionDueAt || identity.deletionDueAt > now) return false;
      await deleteAccount(actor, id, { tx });
      return true;
    });
  } catch (error) {
    // Another process purged it since it was read.
    if (isAppError(error) && error.code === 'not_found') return false;
    throw error;
  }
}
