import { recordEvent } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import { ConcurrentUpdateError, type Tx, transaction } from '@/lib/platform/db/transaction';
import type { Application } from '../model';
import { deleteApplicationRow } from '../repository';
import { getForWrite, subjectOf, type WriteOptions, writeChange } from './change';

/**
 * Ends what a noun above has of an application, in the same transaction: sign-ins, codes, tokens. Runs before the row is
 * written. Required, so that no caller forgets it.
 */
export type EndsOfApplication = (tx: Tx, application: Application) => Promise<void>;

/**
 * Disables an application: no one can sign in to it, and what it has ends at once. Idempotent.
 * Refuses: `not_found`, `precondition_failed`.
 */
export async function disableApplication(
  actor: Actor,
  clientId: string,
  ends: EndsOfApplication,
  options: WriteOptions = {},
): Promise<Application> {
  return transaction(async (tx) => {
    const before = await getForWrite(tx, actor, clientId, options);
    if (before.disabledAt) return before;
    await ends(tx, before);
    return writeChange(tx, actor, [before, { ...before, disabledAt: new Date() }], 'application.disabled');
  }, options.tx);
}

/** Enables it again; what ended stays ended. Idempotent. Refuses: `not_found`, `precondition_failed`. */
export async function enableApplication(
  actor: Actor,
  clientId: string,
  options: WriteOptions = {},
): Promise<Application> {
  return transaction(async (tx) => {
    const before = await getForWrite(tx, actor, clientId, options);
    if (!before.disabledAt) return before;
    return writeChange(tx, actor, [before, { ...before, disabledAt: null }], 'application.enabled');
  }, options.tx);
}

/**
 * Deletes an application with its secrets, and with what people allowed it. Final.
 * Refuses: `not_found`, `precondition_failed`.
 */
export async function deleteApplication(
  actor: Actor,
  clientId: string,
  ends: EndsOfApplication,
  options: WriteOptions = {},
): Promise<void> {
  await transaction(async (tx) => {
    const application = await getForWrite(tx, actor, clientId, options);
    await ends(tx, application);
    if (!(await deleteApplicationRow(tx, application))) throw new ConcurrentUpdateError();
    await recordEvent(tx, actor, { type: 'application.deleted', details: subjectOf(application) });
  }, options.tx);
}
