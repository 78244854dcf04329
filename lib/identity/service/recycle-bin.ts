import { AppError } from '@/lib/platform/errors';
import type { DeletedFilter, DeletedIdentity } from '../model/deleted';
import * as bin from '../repository/recycle-bin';
import * as list from '../repository/recycle-bin-list';
import { canonicalId } from './get';

export { hasDeletedOf, listDeleted, listDeletedSummaries } from '../repository/recycle-bin-list';

/** Null also for a malformed UUID and for another project's identity. */
export async function findDeletedIdentity(projectId: string, id: string): Promise<DeletedIdentity | null> {
  const canonical = canonicalId(id);
  return canonical === null ? null : bin.findDeleted(projectId, canonical);
}

/** An identity in the recycle bin. Refuses: `not_found`. */
export async function getDeletedIdentity(projectId: string, id: string): Promise<DeletedIdentity> {
  const deleted = await findDeletedIdentity(projectId, id);
  if (!deleted) throw new AppError('not_found');
  return deleted;
}

const MAX_COUNTED = 10_000;

/** How many identities the recycle bin has that match; null: more than 10,000. */
export async function countDeletedIdentities(projectId: string, filter: DeletedFilter = {}): Promise<number | null> {
  const count = await list.countDeleted(projectId, filter, MAX_COUNTED + 1);
  return count > MAX_COUNTED ? null : count;
}
