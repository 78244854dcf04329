import type { Tx } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { lockOrganization } from '@/lib/project/service';
import type { HeldRole } from '../model';
import * as rows from '../repository';

/**
 * Called wherever a role is lowered or removed: an organization keeps an active owner. Locks the organization, so that
 * when two owners leave concurrently, the second is refused. Refuses: `last_owner`.
 */
export async function guardLastOwner(tx: Tx, identityId: string, roles: HeldRole[]): Promise<void> {
  for (const { organizationId, role } of roles) {
    if (role !== 'owner') continue;
    await lockOrganization(tx, organizationId);
    if ((await rows.countOtherOwners(tx, organizationId, identityId)) === 0) throw new AppError('last_owner');
  }
}
