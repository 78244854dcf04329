import type { Tx } from '@/lib/platform/db/transaction';
import { etagMatches } from '@/lib/platform/entity-tag';
import { AppError } from '@/lib/platform/errors';
import { type Group, toEtag } from '../model';
import * as rows from '../repository';

/** Refuses: `not_found`, also for another project's group. */
export async function getGroup(projectId: string, id: string, tx?: Tx): Promise<Group> {
  const group = await rows.findGroup(projectId, id, tx);
  if (!group) throw new AppError('not_found', { reason: 'No group has this ID' });
  return group;
}

/** `ifMatch` and `ifNoneMatch` as sent; null or absent: none. `tx`: writes as part of that transaction. */
export type WriteOptions = { ifMatch?: string | null; ifNoneMatch?: string | null; tx?: Tx | undefined };

/** The group for a write. Refuses: `not_found`, `precondition_failed`. */
export async function getForWrite(
  tx: Tx,
  projectId: string,
  id: string,
  { ifMatch, ifNoneMatch }: WriteOptions,
): Promise<Group> {
  const group = await getGroup(projectId, id, tx);
  const etag = toEtag(group);
  const isMatched = typeof ifMatch !== 'string' || etagMatches(etag, ifMatch, { weakly: false });
  const isOther = typeof ifNoneMatch !== 'string' || !etagMatches(etag, ifNoneMatch, { weakly: true });
  if (!isMatched || !isOther) throw new AppError('precondition_failed');
  return group;
}
