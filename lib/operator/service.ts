export { listOperators } from './repository';
export {
  type Accepted,
  acceptInvitation,
  beginAcceptance,
  finishAcceptance,
  nextAcceptanceStep,
} from './service/accept';
export { isSetUp } from './service/is-set-up';
export { findInvitationProof, proveInvitationMailbox, sendInvitationCode } from './service/mailbox';
export { createOrganization } from './service/organization';
export { previewAcceptance, previewPromotion } from './service/promote';
export { changeRole, removeOperator } from './service/roles';
export { beginSetup, finishSetup, type SetupInput } from './service/setup';
