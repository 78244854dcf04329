export {
  countBySchemaVersion,
  countIdentities,
  countStates,
  findByKeys,
  findByUserHandle,
  findHoldersOfIds,
  hasUsers,
  type IdentityFilter,
  listAfter,
  listByIds,
  listByOffset,
  listIdsOfSchema,
  listStoredAfter,
  listTraitsOfSchema,
  type ScannedIdentity,
  type VersionCount,
} from './repository';
export { heldStatement, listHeldAddresses } from './repository/held';
export { IDENTITY_COLUMNS, type IdentityRow, toIdentity } from './repository/row';
export { cancelDeletion, keepAccount, purgeDueAccounts, scheduleDeletion } from './service/account-deletion';
export type { CreateIdentityInput } from './service/build-identity';
export { changeIdentity, markAddressVerified, patchIdentity } from './service/change';
export { getIdentityForWrite } from './service/condition';
export { confineIdentity } from './service/confine';
export { createIdentity } from './service/create';
export { type BatchOutcome, createIdentities, insertPrepared, prepareIdentities } from './service/create-batch';
export { type Deletion, deleteIdentity, purgeIdentity } from './service/delete';
export { deleteAccount, restoreAccount } from './service/delete-account';
export { describeDisplaced, listDisplacedIdentities } from './service/displaced';
export { editIdentity, editOwnTraits } from './service/edit-fields';
export {
  consumeEmailChange,
  endEmailChanges,
  findEmailChange,
  isAddressReserved,
  purgeEmailChanges,
  recordEmailChange,
} from './service/email-change';
export { findIdentity, findIdentityByIdentifier, getIdentity, getStored, getStoredByExternalId } from './service/get';
export { identityJobs } from './service/jobs';
export { type IdentityMove, moveIdentities } from './service/move-batch';
export { removePicture, setPicture } from './service/picture';
export { type ChangePreview, findTakenIdentifiers, previewChanges } from './service/preview-changes';
export { purgeDueIdentities } from './service/purge';
export {
  countDeletedIdentities,
  findDeletedIdentity,
  getDeletedIdentity,
  hasDeletedOf,
  listDeleted,
  listDeletedSummaries,
} from './service/recycle-bin';
export { restorationOf } from './service/restoration';
export { restoreIdentity } from './service/restore';
export {
  countFiltered,
  countMatches,
  type IdentityCursor,
  type IdentityOrder,
  type IdentityPage,
  type IdentitySearch,
  listMatchingIds,
  searchIdentities,
} from './service/search';
export {
  lockIdentity,
  rememberLocale,
  rememberPasskeyInvitation,
  rememberSignIn,
  touchIdentity,
} from './service/touch';
export { undoConflict, undoIdentityChange } from './service/undo';
