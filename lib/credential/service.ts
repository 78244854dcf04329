export { countHolders, countPasskeysOf, findPasskey, listPasskeys } from './repository';
export { listHeldPasskeys } from './repository/held';
export { guardLive } from './service/challenge';
export { credentialsBlock } from './service/credentials-block';
export { deleteOwnPasskey, deletePasskey, removePasskeys } from './service/delete';
export { beginEnrollment, finishEnrollment, guardPasskeyLimit, storePasskey } from './service/enroll';
export { countFleets, readFleet } from './service/fleet';
export { isFreshlyAuthenticated, mustConfirmByPasskey, requireCodeAllowed, requireFresh } from './service/fresh';
export { getPasskey } from './service/get';
export { inviteToAddPasskey, surveyInvitations } from './service/invite';
export { credentialJobs } from './service/jobs';
export { getPersonalData } from './service/personal-data';
export { purgeChallenges } from './service/purge';
export { beginPasskeyRegistration, finishPasskeyRegistration } from './service/register';
export { renamePasskey } from './service/rename';
export { beginPasskeySignIn, finishPasskeySignIn } from './service/sign-in';
export { beginPasskeyStepUp, finishPasskeyStepUp } from './service/step-up';
export {
  exportPeople,
  type IdentityWithPasskeys,
  importPeople,
  insertPeople,
  type PreparedPeople,
  preparePeople,
  type TransferredPerson,
} from './service/transfer';
export { finishPasskeyDeletions, holdPasskeyDeletion, undoPasskeyDeletion } from './service/undo-deletion';
export type { CreationOptions, RequestOptions } from './webauthn';
