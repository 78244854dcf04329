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

/** Records when a person was invited by mail to add a passkey; as `rememberLocale`. */
export async function rememberPasskeyInvitation(tx: Tx, { projectId, id }: Identity, now: Date): Promise<void> {
  await rows.updatePasskeyInvitedAt(tx, projectId, id, now);
}

/** Sign-ins of an identity within this time count as one. */
const SIGN_IN_SECONDS = 60;

/** Records when an identity signs in, at most once a minute. As `rememberLocale`, not a visible change. */
export async function rememberSignIn(tx: Tx, { projectId, id, signedInAt }: Identity, now: Date): Promise<void> {
  if (signedInAt !== null && now.getTime() - signedInAt.getTime() < SIGN_IN_SECONDS * 1000) return;
  await rows.updateSignedInAt(tx, projectId, id, now);
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
