import type { Tx } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { isUuid } from '@/lib/platform/ids';
import type { BulkAction } from '../model';
import * as rows from '../repository';

/** Refuses: `not_found`. */
export async function getBulkAction(projectId: string, id: string, tx?: Tx): Promise<BulkAction> {
  const action = isUuid(id) ? await rows.findBulkAction(projectId, id, tx) : null;
  if (!action) throw new AppError('not_found');
  return action;
}
