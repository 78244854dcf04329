import type { Locale } from '@/lib/i18n/model';
import { queueMail } from '@/lib/mail/service';
import type { Actor } from '@/lib/platform/actor';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import type { Guard, Identity } from '../model';
import { addressMail } from '../model/address-mail';
import { type Deletion, deleteIdentity } from './delete';
import { findIdentity } from './get';
import { type RestoreOptions, restoreIdentity } from './restore';

/** `locale`: the language of the mail if the person has chosen none. */
type Options = { locale?: Locale; guard?: Guard; tx?: Tx };

/**
 * Deletes an account with its dependents, by the person or an operator, and mails a last notice to its address. An
 * account in the recycle bin is purged without one: the notice of its deletion has named the day.
 * Refuses as `deleteIdentity`.
 */
export async function deleteAccount(
  actor: Actor,
  identityId: string,
  { locale, guard, purge, tx: outer }: Options & { purge?: boolean } = {},
): Promise<Deletion> {
  return transaction(async (tx) => {
    const identity = await findIdentity(actor.projectId, identityId, tx);
    const deletion = await deleteIdentity(actor, identityId, { guard, purge, tx });
    // A purge after the grace time has no browser.
    const by = { ...(actor.requestId !== null && { actor }), locale };
    const envelope = identity && addressMail(identity, by);
    const params = deletion.purgeAt ? { restorableUntil: deletion.purgeAt.getTime() } : {};
    if (envelope) await queueMail(tx, actor.projectId, { ...envelope, kind: 'account_deleted', params });
    return deletion;
  }, outer);
}

/** Restores an account by an operator and mails a notice to its address. Refuses as `restoreIdentity`. */
export async function restoreAccount(
  actor: Actor,
  identityId: string,
  { locale, tx: outer, ...options }: RestoreOptions & Pick<Options, 'locale'> = {},
): Promise<Identity> {
  return transaction(async (tx) => {
    const identity = await restoreIdentity(actor, identityId, { ...options, tx });
    const envelope = addressMail(identity, { actor, locale });
    if (envelope) await queueMail(tx, actor.projectId, { ...envelope, kind: 'account_restored', params: {} });
    return identity;
  }, outer);
}
