export { countApplications, findApplication, findApplicationById, listApplications } from './repository';
export { listAllowedGroups, listAllowedGroupsOf, listApplicationsOfGroup } from './repository/groups';
export { findApplicationLogo } from './repository/logo';
export { listSecrets } from './repository/secrets';
export { mayUse } from './service/allowed-groups';
export {
  type ApplicationProof,
  type ApplicationRefusal,
  authenticateApplication,
  isBrowserOrigin,
} from './service/authenticate';
export { createApplication, type NewApplication, type WithSecret } from './service/create';
export { deleteApplication, disableApplication, type EndsOfApplication, enableApplication } from './service/disable';
export { getApplication } from './service/get';
export { removeApplicationLogo, setApplicationLogo } from './service/logo';
export { type Replacement, replaceApplication } from './service/replace';
export { endApplicationSecret, type RotatedSecret, rotateApplicationSecret } from './service/secrets';
export { updateApplication } from './service/update';
