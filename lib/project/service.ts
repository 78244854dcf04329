export {
  findFirstProject,
  findOrganization,
  findOrganizationBySlug,
  findProjectByHost,
  findProjectBySlug,
  listAllProjects,
  listOrganizations,
  listOrigins,
  listProjects,
  lockOrganization,
  lockProject,
} from './repository';
export { countContents } from './repository/contents';
export { countOwnedRows } from './repository/removal';
export { findText, listTexts } from './repository/texts';
export { findLogo, removeLogo, setLogo } from './service/branding';
export {
  approveClaim,
  type Check,
  checkClaim,
  confirmUnreviewed,
  listClaims,
  listForReview,
  rejectClaim,
  withdrawClaim,
} from './service/claims';
export { createProject, type NewProject } from './service/create';
export { deleteProject, findUnfinishedDeletion, finishDeletion } from './service/delete';
export { ensureFirstProject } from './service/first';
export { getFirstProject, getProject } from './service/get';
export { projectJobs } from './service/jobs';
export {
  addOrganization,
  deleteOrganization,
  type OrganizationFields,
  setConsoleNeedsPasskey,
  updateOrganization,
} from './service/organization';
export {
  addOrigin,
  countLivePasskeys,
  makePrimaryOrigin,
  removeOrigin,
  requestOrigin,
} from './service/origins';
export { purgeAuditEvents } from './service/retention';
export { changeText, getOriginal, listTitles, requireFitting, type TextFields, textsOf } from './service/texts';
export { changeProject, settingsOf, updateProject } from './service/update';
export type { ProjectSettings } from './service/validate-settings';
