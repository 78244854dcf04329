import type { Identity } from '@/lib/identity/model';
import { findIdentityByIdentifier, getIdentity } from '@/lib/identity/service';
import { AppError } from '@/lib/platform/errors';
import { isUuid } from '@/lib/platform/ids';

export const REFERENCE = 'ID or sign-in identifier';

/** Refuses: `not_found`. */
export async function findByReference(projectId: string, reference: string): Promise<Identity> {
  if (isUuid(reference.toLowerCase())) return getIdentity(projectId, reference);
  const identity = await findIdentityByIdentifier(projectId, reference);
  if (!identity) throw new AppError('not_found', { reason: `No identity with identifier ${reference}` });
  return identity;
}
