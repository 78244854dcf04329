import { AppError } from '@/lib/platform/errors';
import { isUuid } from '@/lib/platform/ids';
import type { Import, ImportOwner } from '../model';
import * as rows from '../repository';

/** One's own import. Those of others are *not found*: an upload may hold what they must not see. Refuses: `not_found`. */
export async function getOwnImport(projectId: string, id: string, { kind, id: ownerId }: ImportOwner): Promise<Import> {
  const one = isUuid(id) ? await rows.findImport(projectId, id) : null;
  if (!one || one.owner.kind !== kind || one.owner.id !== ownerId) throw new AppError('not_found');
  return one;
}

/**
 * For an operator who may see all users of the project: their own import, or any that has started, as its rows are users
 * now. Refuses: `not_found`.
 */
export async function getImportForReview(projectId: string, id: string, owner: ImportOwner): Promise<Import> {
  const one = isUuid(id) ? await rows.findImport(projectId, id) : null;
  if (one && (one.phase === 'importing' || one.phase === 'finished')) return one;
  return getOwnImport(projectId, id, owner);
}

/** One's own files that wait for a decision, newest first. */
export async function listWaitingImports(projectId: string, owner: ImportOwner): Promise<Import[]> {
  return rows.listWaitingImports(projectId, owner);
}
