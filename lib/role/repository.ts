import type { Prisma } from '@/generated/sqlite/client';
import { type Db, db } from '@/lib/platform/db/client';
import type { Tx } from '@/lib/platform/db/transaction';
import { toUnion } from '@/lib/platform/union';
import { OPERATOR_ROLES, type OperatorRole, type RoleAssignment } from './model';

type Reader = Db | Tx;

export async function findAssignment(
  organizationId: string,
  identityId: string,
  reader?: Reader,
): Promise<RoleAssignment | null> {
  const row = await (reader ?? (await db())).operator.findUnique({
    where: { organizationId_identityId: { organizationId, identityId } },
  });
  return row && toAssignment(row);
}

/** Whether the organization has an operator yet. */
export async function hasOperators(organizationId: string, reader?: Reader): Promise<boolean> {
  const row = await (reader ?? (await db())).operator.findFirst({ where: { organizationId }, select: { id: true } });
  return row !== null;
}

/** Each active operator of an organization, with the time since which they have been active in their current role. */
export async function findActiveSince(organizationId: string, reader?: Reader): Promise<Map<string, Date>> {
  const rows = await (reader ?? (await db())).operator.findMany({
    where: { organizationId, identity: { state: 'active' } },
    select: { identityId: true, updatedAt: true, identity: { select: { stateChangedAt: true } } },
  });
  return new Map(
    rows.map(({ identityId, updatedAt, identity: { stateChangedAt } }) => [
      identityId,
      updatedAt > stateChangedAt ? updatedAt : stateChangedAt,
    ]),
  );
}

/** Counts active owners other than this one. The caller locks the organization first. */
export async function countOtherOwners(tx: Tx, organizationId: string, identityId: string): Promise<number> {
  return tx.operator.count({
    where: { organizationId, role: 'owner', identityId: { not: identityId }, identity: { state: 'active' } },
  });
}

export async function insertAssignment(tx: Tx, assignment: RoleAssignment): Promise<void> {
  await tx.operator.create({ data: assignment });
}

export async function updateAssignment(tx: Tx, { id }: RoleAssignment, role: OperatorRole, now: Date): Promise<void> {
  await tx.operator.update({ where: { id }, data: { role, updatedAt: now } });
}

export async function deleteAssignment(tx: Tx, { id }: RoleAssignment): Promise<void> {
  await tx.operator.deleteMany({ where: { id } });
}

function toAssignment(row: Prisma.OperatorGetPayload<object>): RoleAssignment {
  return { ...row, role: toUnion(OPERATOR_ROLES, row.role) };
}
