import { deleteInSteps } from '@/lib/platform/db/delete-in-steps';
import { AppError } from '@/lib/platform/errors';
import type { Import, ImportOwner } from '../model';
import * as rows from '../repository';
import { getOwnImport } from './get';

/** Removes an import with its upload. */
export async function discardImport({ id, projectId }: Pick<Import, 'id' | 'projectId'>): Promise<void> {
  await removeUpload(id);
  await removeRefused(id);
  await rows.deleteImport(projectId, id);
}

export async function removeUpload(id: string): Promise<void> {
  await deleteInSteps((limit) => rows.deleteChunks(id, 'upload', limit));
}

export async function removeRefused(id: string): Promise<void> {
  await deleteInSteps((limit) => rows.deleteChunks(id, 'refused', limit));
}

/** Cancels one's own import before it starts. Refuses: `not_found`, also once it has started. */
export async function cancelImport(projectId: string, id: string, owner: ImportOwner): Promise<void> {
  const one = await getOwnImport(projectId, id, owner);
  if (one.phase === 'importing' || one.phase === 'finished') throw new AppError('not_found');
  await discardImport(one);
}
