export { hasOperators, listOperators } from './repository';
export { type Accepted, acceptInvitation, beginAcceptance, finishAcceptance, wayToAccept } from './service/accept';
export {
  ensureSetupLink,
  type InvitationLink,
  inviteOperator,
  listOpenInvitations,
  peekInvitation,
  revokeInvitation,
} from './service/invite';
export { operatorJobs } from './service/jobs';
export { findInvitationProof, proveInvitationMailbox, sendInvitationCode } from './service/mailbox';
export { createOrganization } from './service/organization';
export { previewAcceptance, previewPromotion } from './service/promote';
export { purgeInvitations } from './service/purge';
export { findRole, guardReach, requireRole } from './service/reach';
export { changeRole, removeOperator } from './service/roles';
export { beginSetup, finishSetup, type SetupInput } from './service/set-up';
