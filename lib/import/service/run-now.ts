import { runNow } from '@/lib/queue/service';
import type { Import } from '../model';
import * as rows from '../repository';
import { RUN, runImport } from './run';

/**
 * Runs a queued import in this process, and resolves to its result. Null while a server's worker has it. If this process
 * is killed, the next worker continues.
 */
export async function runImportNow({ id, projectId }: Import, signal: AbortSignal): Promise<Import | null> {
  const outcome = await runNow({ name: RUN, run: runImport }, id, signal);
  return outcome === 'busy' ? null : rows.findImport(projectId, id);
}
