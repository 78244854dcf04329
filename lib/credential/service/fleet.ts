import { setTimeout as wait } from 'node:timers/promises';
import { countIdentities } from '@/lib/identity/service';
import type { Project } from '@/lib/project/model';
import { listAllProjects } from '@/lib/project/service';
import { addFleets, type Fleet, type FleetNumbers, fleetNumbers } from '../model/fleet';
import * as rows from '../repository/fleet';

/** Up to this many people are counted at once, in one statement. */
const MAX_COUNTED_NOW = 2000;
const STEP = 1000;
const MAX_AGE_SECONDS = 60 * 60;

/** The passkeys of the people of a project: exact for small projects, else as the job last counted them. */
export async function readFleet(project: Project): Promise<Fleet> {
  const { id } = project;
  if ((await countIdentities(id, {})) <= MAX_COUNTED_NOW) {
    const { read: _, last: __, ...numbers } = await rows.countFleetStep(scopeOf(project), '', MAX_COUNTED_NOW);
    return { numbers, countedAt: null };
  }
  const kept = await rows.findFleet(id);
  return kept ?? { numbers: null, countedAt: null };
}

/** The job: counts projects whose numbers are older than an hour, in steps with pauses of the same length. */
export async function countFleets(now = new Date(), signal?: AbortSignal): Promise<void> {
  const recent = new Set(await rows.listCountedSince(new Date(now.getTime() - MAX_AGE_SECONDS * 1000)));
  for (const { project } of await listAllProjects()) {
    signal?.throwIfAborted();
    if (recent.has(project.id) || (await countIdentities(project.id, {})) <= MAX_COUNTED_NOW) continue;
    await rows.upsertFleet(project.id, await countFleet(project, signal), now);
  }
}

async function countFleet(project: Project, signal?: AbortSignal): Promise<FleetNumbers> {
  let [total, after] = [fleetNumbers(), ''];
  for (;;) {
    signal?.throwIfAborted();
    const startedAt = performance.now();
    const { read, last, ...numbers } = await rows.countFleetStep(scopeOf(project), after, STEP);
    total = addFleets(total, numbers);
    if (read < STEP || last === null) return total;
    after = last;
    await wait(performance.now() - startedAt);
  }
}

function scopeOf({ id: projectId, rpId, recoveryCodes }: Project) {
  return { projectId, rpId, hasCodes: recoveryCodes !== 'off' };
}
