import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { recordEvent } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import { deleteInSteps } from '@/lib/platform/db/delete-in-steps';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import type { ClaimedJob } from '@/lib/queue/model';
import { enqueue, holdLease, listQueued, runNow } from '@/lib/queue/service';
import type { Project } from '../model';
import { isBeingDeleted, tombstoneOrigin } from '../model/origin';
import * as rows from '../repository';
import { deleteClaims } from '../repository/claims';
import { countContents } from '../repository/contents';
import * as removal from '../repository/removal';
import { laterThan } from './organization';

export const DELETION = 'project.delete';

/**
 * Deletes the actor's project permanently. One transaction makes it unreachable by host, name and list, which ends
 * every session, token and page, and records the event in the first project's log. A job then removes its rows.
 * Refuses: `not_found`, `default_project_protected`.
 */
export async function deleteProject(actor: Actor): Promise<void> {
  const { projectId: id } = actor;
  const { identities, passkeys, sessions, apiCredentials } = await countContents(id);
  await transaction(async (tx) => {
    const first = await rows.findFirstProject(tx);
    if (first?.id === id) throw new AppError('default_project_protected');
    const isThere = await rows.lockProject(tx, id);
    const project = isThere ? await rows.findProject(id, tx) : null;
    if (!first || !project) throw new AppError('not_found');
    if (isBeingDeleted(project)) return;
    const { organizationId, name, slug, origin } = project;
    await markDeleted(tx, project, first.organizationId);
    const details = {
      project_id: id,
      name,
      slug,
      origin,
      identities,
      passkeys,
      sessions,
      api_credentials: apiCredentials,
    };
    await recordEvent(tx, { ...actor, projectId: first.id }, { type: 'project.deleted', organizationId, details });
  });
}

/** Releases its domains, its slug and its organization, which may be deleted before the rows are. */
async function markDeleted(tx: Tx, project: Project, organizationOfTombstones: string): Promise<void> {
  const { id, slug, updatedAt } = project;
  const organization = await rows.findOrganization(project.organizationId, tx);
  const origin = tombstoneOrigin(id);
  await rows.deleteOrigins(tx, id);
  for (const kind of ['origin', 'sender'] as const) await deleteClaims(tx, { projectId: id, kind });
  await rows.insertOrigin(tx, id, {
    id: newId(),
    origin,
    isPrimary: true,
    approval: 'settings',
    createdAt: new Date(),
  });
  await removal.updateToTombstone(tx, id, {
    slug: `deleted-${id}`, // longer than any valid slug
    organizationId: organizationOfTombstones,
    updatedAt: laterThan(updatedAt),
  });
  await removal.deleteWaitingMails(tx, id);
  await removal.stopWebhooks(tx, id);
  await enqueue(tx, { kind: DELETION, key: id, projectId: id, payload: { path: `${organization?.slug}/${slug}` } });
}

/**
 * The job: removes a deleted project's rows in steps, each in a transaction under the lease, and its own row last. If
 * the process is killed, the next one continues.
 */
export async function removeContents(
  job: ClaimedJob,
  signal: AbortSignal,
  onStep: (removed: number) => void = () => {},
): Promise<void> {
  const { projectId } = job;
  if (projectId === null) throw new Error('a deletion belongs to a project');
  let removed = 0;
  for (const name of removal.OWNED_TABLES) {
    const removeSome = async (limit: number) => {
      const count = await transaction(async (tx) => {
        await holdLease(tx, job);
        return removal.deleteOwnedRows(tx, name, projectId, limit);
      });
      removed += count;
      onStep(removed);
      return count;
    };
    await deleteInSteps(removeSome, { signal });
  }
  await transaction(async (tx) => {
    await holdLease(tx, job);
    await removal.deleteProjectRow(tx, projectId); // deletes the job too
  });
}

/** A deleted project by its former slug, or `organization/slug`, until its rows are removed; else null. */
export async function findUnfinishedDeletion(wanted: string): Promise<{ id: string } | null> {
  for (const { projectId, payload } of await listQueued(DELETION)) {
    if (projectId === null) continue;
    const path = payload === null ? null : z.object({ path: z.string() }).parse(JSON.parse(payload)).path;
    // An earlier version began the deletion and kept the slug.
    const slug = path === null ? (await rows.findProject(projectId))?.slug : path.split('/')[1];
    if ([path, slug].includes(wanted)) return { id: projectId };
  }
  return null;
}

const POLL_INTERVAL_MILLIS = 500;

/**
 * Removes a deleted project's rows in this process, for programs that exit (the command line). Waits while another
 * process has the lease. `onProgress` receives the number of removed rows, or of remaining ones while another process
 * removes them.
 */
export async function finishDeletion(
  projectId: string,
  onProgress: (rows: { removed: number } | { left: number }) => void = () => {},
): Promise<void> {
  const run = (job: ClaimedJob, signal: AbortSignal) =>
    removeContents(job, signal, (removed) => onProgress({ removed }));
  const never = new AbortController().signal;
  while ((await runNow({ name: DELETION, run }, projectId, never)) === 'busy') {
    onProgress({ left: await removal.countOwnedRows(projectId) });
    await wait(POLL_INTERVAL_MILLIS);
  }
}
