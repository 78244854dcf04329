import { runNow } from '@/lib/queue/service';
import type { Import } from '../model';
import * as rows from '../repository';
import { RUN, runImport } from './run';

export const IMPORT_RUNNER = { name: RUN, run: runImport };

/**
 * Runs a queued import in this process, and resolves to its result. Null while a server's worker has it. If this process
 * is killed, the next worker continues.
 */
export async function runImportNow(
  { id, projectId }: Pick<Import, 'id' | 'projectId'>,
  signal: AbortSignal,
): Promise<Import | null> {
  const outcome = await runNow(IMPORT_RUNNER, id, signal);
  return outcome === 'busy' ? null : rows.findImport(projectId, id);
}
