import { firstLocale } from '@/lib/i18n/model';
import { emailOf, type Identity } from '@/lib/identity/model';
import { queueMail } from '@/lib/mail/service';
import type { Tx } from '@/lib/platform/db/transaction';

/** Tells a person by mail that a passkey came or went, so that one they did not expect is noticed. */
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
