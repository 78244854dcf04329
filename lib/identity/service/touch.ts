import type { Locale } from '@/lib/i18n/model';
import type { Tx } from '@/lib/platform/db/transaction';
import type { Identity } from '../model';
import * as rows from '../repository';

/**
 * Keeps the language a person chose. It is theirs and nothing that clients see, so version, ETag and audit log stay as they
 * are: a program's `If-Match` is not refused because somebody reads another language.
 */
export async function rememberLocale({ projectId, id }: Identity, locale: Locale): Promise<void> {
  await rows.updateLocale(projectId, id, locale);
}

/** What hangs on the identity has changed visibly (a passkey came, was renamed, went): a new version, hence a new ETag. */
export async function touchIdentity(tx: Tx, projectId: string, id: string): Promise<void> {
  await rows.raiseVersion(tx, projectId, id, new Date());
}

/** Makes whoever writes to the identity at the same time wait for this transaction, or this one for theirs. Changes nothing. */
export async function lockIdentity(tx: Tx, projectId: string, id: string): Promise<void> {
  await rows.lockIdentityRow(tx, projectId, id.toLowerCase());
}
