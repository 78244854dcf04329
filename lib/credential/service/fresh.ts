import { AppError } from '@/lib/platform/errors';
import { isFresh, isPasskeySession, type SessionProof } from '@/lib/session/model';
import { listPasskeys } from '../repository';

/**
 * Whether only a passkey is accepted as confirmation: for operators with a passkey for the project's host name. A
 * mailed code proves only a mailbox, which must not be enough to act on other people's accounts.
 */
export async function mustConfirmByPasskey({
  project,
  identity,
}: Pick<SessionProof, 'project' | 'identity'>): Promise<boolean> {
  if (identity.operatorRoles.length === 0 || identity.passkeyCount === 0) return false;
  return (await listPasskeys(project.id, identity.id)).some(({ rpId }) => rpId === project.rpId);
}

/** Whether the person authenticated less than 15 minutes ago with a sufficient method (ASVS 7.5.3). */
export async function isFreshlyAuthenticated(proof: Omit<SessionProof, 'actor'>): Promise<boolean> {
  if (!isFresh(proof.session)) return false;
  return isPasskeySession(proof.session) || !(await mustConfirmByPasskey(proof));
}

/** Refuses: `reauthentication_required`. */
export async function requireFresh(proof: Omit<SessionProof, 'actor'>): Promise<void> {
  if (!(await isFreshlyAuthenticated(proof))) throw new AppError('reauthentication_required');
}

/** Refuses: `passkey_required` if a mailed code is not sufficient. */
export async function requireCodeAllowed(proof: SessionProof): Promise<void> {
  if (await mustConfirmByPasskey(proof)) throw new AppError('passkey_required');
}
