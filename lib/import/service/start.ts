import type { Principal } from '@/lib/job/model';
import { transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { enqueue } from '@/lib/queue/service';
import type { Import } from '../model';
import * as rows from '../repository';
import { removeRefused } from './discard';
import { sealPrincipal } from './principal';
import { RUN } from './run';
import { NO_TALLY } from './tally';

/** Queues the dry run of an upload. Refuses: `version_conflict` if it runs already. */
export async function startCheck(one: Import, principal: Principal): Promise<void> {
  await start(one, principal, 'checking');
}

/**
 * Queues the import. From now on it is a job of the project: others see it, and it can be stopped and undone. Refuses:
 * `version_conflict` if it runs already.
 */
export async function startImport(one: Import, principal: Principal): Promise<Import> {
  await removeRefused(one.id);
  await start(one, principal, 'importing');
  return { ...one, ...NO_TALLY, phase: 'importing' };
}

async function start(one: Import, principal: Principal, phase: 'checking' | 'importing'): Promise<void> {
  await transaction(async (tx) => {
    const now = new Date();
    const changes = { ...NO_TALLY, phase, principal: sealPrincipal(one.id, principal), startedAt: now };
    if (!(await rows.updateImport(one, ['ready', 'checked'], changes, tx))) throw new AppError('version_conflict');
    await enqueue(tx, { kind: RUN, key: one.id, projectId: one.projectId });
  });
}

/** Ends an import before its next step; what was done remains. Does nothing if it has ended. Refuses: `not_found`. */
export async function stopImport(
  projectId: string,
  id: string,
  tx?: Parameters<typeof rows.updateImport>[3],
): Promise<void> {
  const one = await rows.findImport(projectId, id, tx);
  if (!one) throw new AppError('not_found');
  await rows.updateImport(one, ['checking', 'importing'], { endedBy: 'stopped' }, tx);
}
