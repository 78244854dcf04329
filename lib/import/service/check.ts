import type { Actor } from '@/lib/platform/actor';
import type { Project } from '@/lib/project/model';
import type { Import } from '../model';
import { type Claims, checkRows } from './step';
import { addOutcomes, NO_TALLY, type Tally } from './tally';
import { walk } from './walk';

/** The dry run of an upload, at once and without a job: what importing it would do now. Writes nothing. */
export async function checkNow(one: Import, actor: Actor, project: Project): Promise<Tally> {
  const begin = async () => ({ actor, guard: undefined });
  const context = { project, settings: one.settings, begin };
  const claims: Claims = new Set();
  let tally = NO_TALLY;
  for await (const { rows, planned } of walk({ ...one, position: 0 })) {
    const passwords = rows.filter(({ hasPassword }) => hasPassword).length;
    tally = addOutcomes(tally, await checkRows(context, actor, planned, claims), passwords);
  }
  return tally;
}
