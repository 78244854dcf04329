import { firstLocale } from '@/lib/i18n/model';
import { emailOf, type Identity } from '@/lib/identity/model';
import { queueMail } from '@/lib/mail/service';
import type { Tx } from '@/lib/platform/db/transaction';

/** Notifies the holder by mail that a passkey was added or deleted, so an unexpected change is noticed. */
export async function notifyHolder(
  tx: Tx,
  identity: Identity,
  kind: 'passkey_added' | 'passkey_deleted',
  passkeyName: string,
): Promise<void> {
  const to = emailOf(identity);
  if (to === null) return;
  const locale = firstLocale(identity.locale);
  await queueMail(tx, identity.projectId, { kind, to, locale, params: { passkeyName } });
}
