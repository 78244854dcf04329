import type { Locale } from '@/lib/i18n/model';
import type { Tx } from '@/lib/platform/db/transaction';
import type { Identity } from '../model';
import * as rows from '../repository';

/**
 * Stores the language a person chose. Clients do not see it, so version, ETag and audit log are unchanged: changing the
 * language must not fail a program's `If-Match`.
 */
export async function rememberLocale({ projectId, id }: Identity, locale: Locale): Promise<void> {
  await rows.updateLocale(projectId, id, locale);
}

/**
 * Records a visible change of a dependant (a passkey was added, renamed or removed): a new version, hence a new ETag.
 */
export async function touchIdentity(tx: Tx, projectId: string, id: string): Promise<void> {
  await rows.raiseVersion(tx, projectId, id, new Date());
}

/** Locks the identity's row: concurrent writers wait for this transaction. Changes nothing. */
export async function lockIdentity(tx: Tx, projectId: string, id: string): Promise<void> {
  await rows.lockIdentityRow(tx, projectId, id.toLowerCase());
}
