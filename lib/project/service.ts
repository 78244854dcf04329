import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { isUniqueViolation } from '@/lib/platform/db/violations';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { ensureDefaultSchema } from '@/lib/schema/service';
import { FIRST_SETTINGS, type Project, rpIdOf } from './model';
import {
  findFirstProject,
  findHolderOfHostName,
  findProject,
  insertOrganizationWithProject,
  updatePrimaryOrigin,
} from './repository';

export {
  findFirstProject,
  findOrganization,
  findOrganizationBySlug,
  findProjectByHost,
  findProjectBySlug,
  listAllProjects,
  listOrganizations,
  listProjects,
} from './repository';
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
export { countContents, deleteProject } from './service/delete';
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
  listOrigins,
  makePrimaryOrigin,
  removeOrigin,
  requestOrigin,
} from './service/origins';
export { purgeAuditEvents } from './service/retention';
export { changeProject, type Settings, settingsOf, updateProject } from './service/update';

/** Refuses: `not_found`. */
export async function getProject(id: string, tx?: Tx): Promise<Project> {
  const project = await findProject(id, tx);
  if (!project) throw new AppError('not_found');
  return project;
}

/** The project of the first start, which SIGNET_ORIGIN names. Refuses: `not_found` before the first start. */
export async function getFirstProject(): Promise<Project> {
  const project = await findFirstProject();
  if (!project) throw new AppError('not_found', { reason: 'There is no project yet; start Signet once' });
  return project;
}

/**
 * Makes the organization and its project at the very first start, and at each later one lets the first project's primary
 * origin follow SIGNET_ORIGIN. Two processes may start at once: the unique slug lets one make it and the other find it.
 */
export async function ensureFirstProject(origin: string): Promise<Project> {
  const existing = await findFirstProject();
  if (!existing) await makeFirstProject(origin);
  else if (existing.origin !== origin) await moveFirstProject(existing.id, origin);
  const project = await getFirstProject();
  await ensureDefaultSchema(project.id);
  return project;
}

async function makeFirstProject(origin: string): Promise<void> {
  const ids = { organizationId: newId(), projectId: newId(), originId: newId() };
  try {
    await transaction((tx) =>
      insertOrganizationWithProject(tx, {
        ...ids,
        origin,
        name: 'Signet',
        slug: 'signet',
        ...FIRST_SETTINGS,
        now: new Date(),
      }),
    );
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
  }
}

/** Throws in words for the terminal when the settings name a domain that another project has. */
async function moveFirstProject(id: string, origin: string): Promise<void> {
  await transaction(async (tx) => {
    const holder = await findHolderOfHostName(tx, id, rpIdOf(origin));
    if (holder)
      throw new Error(`SIGNET_ORIGIN is ${origin}, but the project "${holder}" has that domain; remove it there first`);
    await updatePrimaryOrigin(tx, id, origin, 'settings');
  });
}
