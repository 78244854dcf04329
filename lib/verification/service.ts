export { listHeldCodes } from './repository/held';
export { beginEmailChange, cancelEmailChange, findPendingEmailChange, finishEmailChange } from './service/change-email';
export { deleteOwnAccount } from './service/delete-own-account';
export { findPendingRegistration, finishRegistration } from './service/finish-registration';
export type { ClientContext } from './service/issue';
export { verificationJobs } from './service/jobs';
export { signInWithRecoveryCode } from './service/personal-code';
export {
  beginMailboxProof,
  consumeMailboxProof,
  findMailboxProof,
  findPendingMailboxCode,
  finishMailboxProof,
} from './service/prove-mailbox';
export { purgeVerifications } from './service/purge';
export { endAllPending, endRecovery, issueRecovery, type Recovery } from './service/recovery';
export { findReturnPath, purgeReturnPaths, storeReturnPath } from './service/return-path';
export {
  type BeginSignInInput,
  beginSignIn,
  findPendingSignIn,
  finishSignInWithCode,
  finishSignInWithLink,
  finishSignInWithRecoveryCode,
  peekLink,
  type SignedIn,
} from './service/sign-in';
export { beginCodeStepUp, findPendingStepUp, finishCodeStepUp } from './service/step-up';
export { peekEmailChange, undoEmailChange } from './service/undo-email-change';
export { finishAddressVerification } from './service/verify-address';
