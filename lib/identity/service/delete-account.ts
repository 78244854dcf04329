import type { Locale } from '@/lib/i18n/model';
import { queueMail } from '@/lib/mail/service';
import type { Actor } from '@/lib/platform/actor';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import type { Guard } from '../model';
import { addressMail } from '../model/address-mail';
import { deleteIdentity } from './delete';
import { getIdentity } from './get';

/**
 * Deletes an account with its dependents, by the person or an operator, and mails a last notice to its address.
 * `locale`: the language of that mail if the person has chosen none.
 * Refuses: `last_owner`, `not_found`, and what `guard` throws.
 */
export async function deleteAccount(
  actor: Actor,
  identityId: string,
  { locale, guard, tx: outer }: { locale?: Locale; guard?: Guard; tx?: Tx } = {},
): Promise<void> {
  await transaction(async (tx) => {
    const identity = await getIdentity(actor.projectId, identityId, tx);
    await deleteIdentity(actor, identityId, { guard, tx });
    // A purge after the grace time has no browser.
    const envelope = addressMail(identity, { ...(actor.requestId !== null && { actor }), locale });
    if (envelope) await queueMail(tx, identity.projectId, { ...envelope, kind: 'account_deleted', params: {} });
  }, outer);
}
