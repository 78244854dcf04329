import { AppError } from '@/lib/platform/errors';
import { isByPasskey, isFresh, type SessionProof } from '@/lib/session/model';
import { listPasskeys } from '../repository';

/**
 * Whether only a passkey is accepted as confirmation: for operators who have one for the project's host name. A mailed code proves a
 * mailbox, and a mailbox must not be enough to act on everyone else's accounts.
 */
export async function mustConfirmByPasskey({
  project,
  identity,
}: Pick<SessionProof, 'project' | 'identity'>): Promise<boolean> {
  if (identity.operatorRoles.length === 0 || identity.passkeyCount === 0) return false;
  return (await listPasskeys(project.id, identity.id)).some(({ rpId }) => rpId === project.rpId);
}

/** Whether the person authenticated less than 15 minutes ago, in the way that is asked of them (ASVS 7.5.3). */
export async function isFreshlyProven(proof: Omit<SessionProof, 'actor'>): Promise<boolean> {
  if (!isFresh(proof.session)) return false;
  return isByPasskey(proof.session) || !(await mustConfirmByPasskey(proof));
}

/** Refuses: `reauthentication_required`. */
export async function requireFresh(proof: Omit<SessionProof, 'actor'>): Promise<void> {
  if (!(await isFreshlyProven(proof))) throw new AppError('reauthentication_required');
}

/** Refuses: `passkey_required` where a mailed code is not enough. */
export async function requireCodeAllowed(proof: SessionProof): Promise<void> {
  if (await mustConfirmByPasskey(proof)) throw new AppError('passkey_required');
}
