import { systemActor } from '@/lib/platform/actor';
import type { Project } from '@/lib/project/model';
import { insertOrganizationWithProject } from '@/lib/project/repository';
import { deleteProject, finishDeletion, getProject } from '@/lib/project/service';
import { ensureDefaultSchema } from '@/lib/schema/service';
import { db } from '../lib/platform/db/client';
import { transaction } from '../lib/platform/db/transaction';
import { newId } from '../lib/platform/ids';

/** A new project with the default schema, at a unique origin. */
export async function makeProject(): Promise<Project> {
  const projectId = newId();
  const slug = `test-${projectId}`;
  await transaction((tx) =>
    insertOrganizationWithProject(tx, {
      organizationId: newId(),
      projectId,
      originId: newId(),
      origin: `https://${slug}.example.com`,
      name: slug,
      slug,
      registration: 'closed',
      sessionIdleSeconds: 3600,
      sessionLifetimeSeconds: 86_400,
      now: new Date(),
    }),
  );
  await ensureDefaultSchema(projectId);
  return getProject(projectId);
}

/** Deletes a project and its contents, as the action and then the worker do. */
export async function deleteWhole(id: string): Promise<void> {
  await deleteProject(systemActor(id));
  await finishDeletion(id);
}

/** Sets for how many days the project keeps deleted identities; a project of `makeProject` keeps none. */
export async function keepDeleted(project: Pick<Project, 'id'>, days = 30): Promise<void> {
  await (await db()).project.update({ where: { id: project.id }, data: { recycleBinDays: days } });
}
