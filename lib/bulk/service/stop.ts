import type { Tx } from '@/lib/platform/db/transaction';
import * as rows from '../repository';
import { getBulkAction } from './get';

/**
 * Ends an action before its next identity; what was done remains. An action that has ended already stays as it is.
 * Refuses: `not_found`.
 */
export async function stopBulkAction(projectId: string, id: string, tx?: Tx): Promise<void> {
  const { finishedAt, endedBy } = await getBulkAction(projectId, id, tx);
  if (finishedAt !== null || endedBy !== null) return;
  await rows.updateEndedBy(projectId, id, 'stopped', tx);
}
