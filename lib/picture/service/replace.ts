import type { Tx } from '@/lib/platform/db/transaction';
import { randomToken } from '@/lib/platform/secret';
import type { StoredPicture } from '../model';
import * as rows from '../repository';

/** 144 random bits, as the ID is all that a picture's URL requires. */
export function newPictureId(): string {
  return randomToken(18);
}

/** Replaces a person's picture, null removes it, in the transaction that has written their identity, and so locked it. */
export async function replacePicture(
  tx: Tx,
  { projectId, id: identityId }: { projectId: string; id: string },
  picture: Omit<StoredPicture, 'projectId' | 'identityId'> | null,
): Promise<void> {
  await rows.deletePicture(tx, projectId, identityId);
  if (picture) await rows.insertPicture(tx, { ...picture, projectId, identityId });
}
