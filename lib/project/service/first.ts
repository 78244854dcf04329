import { transaction } from '@/lib/platform/db/transaction';
import { isUniqueViolation } from '@/lib/platform/db/violations';
import { newId } from '@/lib/platform/ids';
import { ensureDefaultSchema } from '@/lib/schema/service';
import { FIRST_SETTINGS, type Project } from '../model';
import { rpIdOf } from '../model/origin';
import {
  findFirstProject,
  findHolderOfHostName,
  insertOrganizationWithProject,
  updatePrimaryOrigin,
} from '../repository';
import { getFirstProject } from './get';

/**
 * Creates the organization and its project at the first start; at later starts, sets the first project's primary origin
 * to SIGNET_ORIGIN. Two processes may start concurrently: the unique slug lets one create it and the other find it.
 */
export async function ensureFirstProject(origin: string): Promise<Project> {
  const existing = await findFirstProject();
  if (!existing) await createFirstProject(origin);
  else if (existing.origin !== origin) await updateFirstOrigin(existing.id, origin);
  const project = await getFirstProject();
  await ensureDefaultSchema(project.id);
  return project;
}

async function createFirstProject(origin: string): Promise<void> {
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

/** Throws a message for the terminal if the settings name a domain of another project. */
async function updateFirstOrigin(id: string, origin: string): Promise<void> {
  await transaction(async (tx) => {
    const holder = await findHolderOfHostName(tx, id, rpIdOf(origin));
    if (holder)
      throw new Error(
        `SIGNET_ORIGIN is ${origin}, but the project "${holder}" uses that domain; remove it there first`,
      );
    await updatePrimaryOrigin(tx, id, origin, 'settings');
  });
}
