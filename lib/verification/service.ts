import { deleteExpired } from './repository';

export { beginEmailChange, findPendingEmailChange, finishEmailChange } from './service/change-email';
export { findPendingRegistration, finishRegistration } from './service/finish-registration';
export {
  type InviteInput,
  inviteToRegister,
  listRegistrationInvitations,
  revokeRegistrationInvitation,
} from './service/invite';
export { createInvitedIdentity } from './service/invite-identity';
export type { Visit } from './service/issue';
export {
  beginMailboxProof,
  findMailboxProof,
  findPendingMailboxCode,
  finishMailboxProof,
  spendMailboxProof,
} from './service/prove-mailbox';
export { endAllPending, endRecovery, issueRecovery, type Recovery } from './service/recovery';
export { findReturnPath, keepReturnPath, purgeReturnPaths } from './service/return-path';
export {
  type Arrival,
  type BeginSignInInput,
  beginSignIn,
  findPendingSignIn,
  finishSignInWithCode,
  finishSignInWithLink,
  finishSignInWithRecoveryCode,
  peekLink,
  type SignedIn,
} from './service/sign-in';
export { beginStepUp, findPendingStepUp, finishStepUp } from './service/step-up';
export { peekEmailChange, undoEmailChange } from './service/undo-email-change';
export { finishAddressVerification } from './service/verify-address';

/** Unanswered mails are counted over a quarter of an hour, so rows stay longer than that after they have expired. */
const KEPT_MILLIS = 60 * 60 * 1000;
const PURGE_STEP = 500;

/** Removes rows that nothing looks at any more, in small steps; resolves to how many. Reading never relies on it. */
export async function purgeVerifications(now = new Date()): Promise<number> {
  const before = new Date(now.getTime() - KEPT_MILLIS);
  for (let total = 0; ; ) {
    const count = await deleteExpired(before, PURGE_STEP);
    total += count;
    if (count < PURGE_STEP) return total;
  }
}
