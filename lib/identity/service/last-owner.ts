import type { Tx } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import type { Identity } from '../model';
import * as rows from '../repository';

/** On every path: an organization keeps an active owner. Refuses: `last_owner`. */
export async function guardLastOwner(tx: Tx, identity: Identity): Promise<void> {
  for (const { organizationId, role } of identity.operatorRoles) {
    if (role === 'owner' && (await rows.countOtherOwners(tx, organizationId, identity.id)) === 0)
      throw new AppError('last_owner');
  }
}
