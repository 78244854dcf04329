import { recordEvent } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import type { Json } from '@/lib/platform/json';
import { type ProjectOrigin, rpIdOf } from '../model';
import * as rows from '../repository';
import { requireOrigin } from './check';

export { listOrigins } from '../repository';

const MOST_ORIGINS = 20;

/**
 * Lets the actor's project answer at another address as well: programs are served there, pages lead to the primary one.
 * Refuses: `not_found`, `invalid_input`, `origin_taken`.
 */
export async function addOrigin(actor: Actor, text: string): Promise<ProjectOrigin> {
  const origin = requireOrigin(text);
  const added = { id: newId(), origin, isPrimary: false, createdAt: new Date() };
  return change(actor, async (tx, before) => {
    if (before.length >= MOST_ORIGINS) throw new AppError('invalid_input', { violations: [TOO_MANY] });
    await requireFreeHostName(tx, actor.projectId, origin);
    await rows.insertOrigin(tx, actor.projectId, added);
    return added;
  });
}

/** Refuses: `not_found`, `invalid_input` for the primary one. */
export async function removeOrigin(actor: Actor, id: string): Promise<void> {
  await change(actor, async (tx, before) => {
    if (find(before, id).isPrimary) throw new AppError('invalid_input', { reason: 'The primary domain stays' });
    await rows.deleteOrigin(tx, actor.projectId, id);
  });
}

/**
 * Links, issuer and RP ID come from another of the project's addresses from now on. Passkeys are bound to the host name they
 * were made for: those of the old one answer no more, tokens are no longer of this issuer, people sign in anew.
 * Refuses: `not_found`, `home_project` (the first project's follows SIGNET_ORIGIN).
 */
export async function makePrimaryOrigin(actor: Actor, id: string): Promise<void> {
  await change(actor, async (tx, before) => {
    const { isPrimary } = find(before, id);
    if ((await rows.findFirstProject(tx))?.id === actor.projectId) throw new AppError('home_project');
    if (!isPrimary) await rows.setPrimaryOrigin(tx, actor.projectId, id);
  });
}

/** How many passkeys answer at the primary address as it is, by the host name they were made for. */
export async function countLivePasskeys(projectId: string, origin: string): Promise<number> {
  return rows.countPasskeys(projectId, rpIdOf(origin));
}

/**
 * A host name belongs to one project, whatever the port: RP ID and cookies know no ports. Refuses: `origin_taken`.
 */
export async function requireFreeHostName(tx: Tx, projectId: string, origin: string): Promise<void> {
  const first = await rows.findFirstProject(tx);
  if (first) await rows.lockProject(tx, first.id); // of two who take a name at once, one waits
  if (await rows.findHolderOfHostName(tx, projectId, rpIdOf(origin))) throw new AppError('origin_taken');
}

const TOO_MANY = { pointer: '/origin', message: `a project has at most ${MOST_ORIGINS} domains`, keyword: 'maxItems' };

/** One change with its event, which tells the addresses before and after, the primary one first. */
async function change<T>(actor: Actor, work: (tx: Tx, before: ProjectOrigin[]) => Promise<T>): Promise<T> {
  return transaction(async (tx) => {
    if (!(await rows.lockProject(tx, actor.projectId))) throw new AppError('not_found');
    const before = await rows.listOrigins(actor.projectId, tx);
    const result = await work(tx, before);
    const after = await rows.listOrigins(actor.projectId, tx);
    const changes = differences(before, after);
    if (Object.keys(changes).length > 0) {
      const name = (await rows.findProject(actor.projectId, tx))?.name;
      await recordEvent(tx, actor, { type: 'project.updated', details: { name, changes } });
    }
    return result;
  });
}

function differences(before: ProjectOrigin[], after: ProjectOrigin[]): Record<string, { before: Json; after: Json }> {
  const primary = (origins: ProjectOrigin[]) => origins.find(({ isPrimary }) => isPrimary)?.origin ?? null;
  const all = (origins: ProjectOrigin[]) => origins.map(({ origin }) => origin).sort();
  return {
    ...(primary(before) !== primary(after) && { '/origin': { before: primary(before), after: primary(after) } }),
    ...(before.length !== after.length && { '/origins': { before: all(before), after: all(after) } }),
  };
}

function find(origins: ProjectOrigin[], id: string): ProjectOrigin {
  const found = origins.find((origin) => origin.id === id);
  if (!found) throw new AppError('not_found');
  return found;
}
