import { systemActor } from '@/lib/platform/actor';
import type { Project } from '@/lib/project/model';
import { insertOrganizationWithProject } from '@/lib/project/repository';
import { deleteProject, finishDeletion, getProject } from '@/lib/project/service';
import { ensureDefaultSchema } from '@/lib/schema/service';
import { transaction } from '../lib/platform/db/transaction';
import { newId } from '../lib/platform/ids';

/** A project of its own for a test, with the default schema, at an origin that no other one has. */
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

/** Deletes a project with all it owned, as the action and then the worker do. */
export async function deleteWhole(id: string): Promise<void> {
  await deleteProject(systemActor(id));
  await finishDeletion(id);
}
