import { firstLocale, type Locale } from '@/lib/i18n/model';
import { queueMail } from '@/lib/mail/service';
import type { Actor } from '@/lib/platform/actor';
import { transaction } from '@/lib/platform/db/transaction';
import { emailOf, type Identity } from '../model';
import { deleteIdentity } from '../service';

/**
 * A person deletes their own account, with all that hangs on it; a last mail tells the address it had.
 * Refuses: `last_owner`, `not_found`.
 */
export async function deleteOwnAccount(actor: Actor, identity: Identity, locale?: Locale): Promise<void> {
  await transaction(async (tx) => {
    await deleteIdentity(actor, identity.id, {}, tx);
    const to = emailOf(identity);
    if (to === null) return;
    const language = firstLocale(identity.locale, locale);
    await queueMail(tx, identity.projectId, { kind: 'account_deleted', to, locale: language, params: {} });
  });
}
