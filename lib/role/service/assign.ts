import type { Tx } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import type { OperatorRole, RoleAssignment } from '../model';
import * as rows from '../repository';

/** Gives an identity a role in an organization, replacing its current one. The caller has authorized the assignment. */
export async function assignRole(
  tx: Tx,
  { organizationId, identityId }: Pick<RoleAssignment, 'organizationId' | 'identityId'>,
  role: OperatorRole,
  now = new Date(),
): Promise<void> {
  const held = await rows.findAssignment(organizationId, identityId, tx);
  if (held) return rows.updateAssignment(tx, held, role, now);
  await rows.insertAssignment(tx, { id: newId(), organizationId, identityId, role, createdAt: now, updatedAt: now });
}
