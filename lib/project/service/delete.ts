import { recordEvent } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import { transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { isBeingDeleted, originOffTheAir } from '../model';
import * as rows from '../repository';
import { deleteClaims } from '../repository/claims';

/** So few at a time that others get their turn in between. */
const STEP = 250;

/**
 * Deletes the actor's project for good. First it goes off the air, in one transaction with its event in the first project's log:
 * from then on its hosts are unknown, whoever still works in it finds nothing. Then what it holds goes step by step, so that
 * nobody waits for all of it, and last its row. When that is interrupted, the same call goes on where it stopped.
 * Refuses: `not_found`, `default_project_protected`.
 */
export async function deleteProject(actor: Actor): Promise<void> {
  const { projectId } = actor;
  await takeOffTheAir(actor);
  await untilNone(() => rows.deleteSomeIdentities(projectId, STEP));
  await untilNone(() => rows.deleteSomeEvents(projectId, STEP));
  await transaction((tx) => rows.deleteProjectRow(tx, projectId));
}

async function untilNone(step: () => Promise<number>): Promise<void> {
  for (let count = 1; count > 0; ) count = await step();
}

async function takeOffTheAir(actor: Actor): Promise<void> {
  const { projectId: id } = actor;
  await transaction(async (tx) => {
    const first = await rows.findFirstProject(tx);
    if (first?.id === id) throw new AppError('default_project_protected');
    const isThere = await rows.lockProject(tx, id);
    const project = isThere ? await rows.findProject(id, tx) : null;
    if (!first || !project) throw new AppError('not_found');
    if (isBeingDeleted(project)) return; // begun before
    const { identities, passkeys, sessions, apiCredentials } = await rows.countContents(id, tx);
    await rows.deleteOrigins(tx, id);
    for (const kind of ['origin', 'sender'] as const) await deleteClaims(tx, { projectId: id, kind });
    const isPrimary = true;
    const origin = originOffTheAir(id);
    await rows.insertOrigin(tx, id, { id: newId(), origin, isPrimary, approval: 'settings', createdAt: new Date() });
    await rows.deleteMails(tx, id);
    const details = {
      project_id: id,
      organization_id: project.organizationId,
      name: project.name,
      slug: project.slug,
      origin: project.origin,
      identities,
      passkeys,
      sessions,
      api_credentials: apiCredentials,
    };
    await recordEvent(tx, { ...actor, projectId: first.id }, { type: 'project.deleted', details });
  });
}
