export { createInvitedIdentity } from './service/invite-identity';
export { ensureSetupLink, type InvitationLink, inviteOperator } from './service/invite-operator';
export { type InviteInput, inviteToRegister } from './service/invite-to-register';
export { invitationJobs } from './service/jobs';
export { listOpenInvitations, listRegistrationInvitations } from './service/list';
export { purgeInvitations } from './service/purge';
export { findRegistration, type RegistrationOffer, register } from './service/register-identity';
export { revokeInvitation, revokeInvitationsTo, revokeRegistrationInvitation } from './service/revoke';
export { consumeInvitation, findUsableInvitation, peekInvitation } from './service/use';
