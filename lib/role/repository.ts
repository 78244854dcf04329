import type { Prisma } from '@/generated/sqlite/client';
import { type Db, db } from '@/lib/platform/db/client';
import { withList } from '@/lib/platform/db/list-parameter';
import { all, statement } from '@/lib/platform/db/statement';
import type { Tx } from '@/lib/platform/db/transaction';
import { toUnion } from '@/lib/platform/union';
import { type HeldRole, OPERATOR_ROLES, type OperatorRole, type RoleAssignment } from './model';

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

const OF_IDENTITIES = statement<HeldRole & { identityId: string }>('operator.of_identities', {
  ...withList(
    (inList) => `SELECT "identityId", "organizationId", role FROM "Operator" WHERE ${inList('"identityId"', 1)}`,
  ),
  // CROSS JOIN starts with the list: by statistics of a small table, SQLite reads all operators also when they are many.
  sqlite: `SELECT o."identityId", o."organizationId", o.role FROM json_each($1) e
    CROSS JOIN "Operator" o ON o."identityId" = e.value`,
});

/** The roles of those of these identities that are operators. */
export async function findHeldRoles(identityIds: string[], tx?: Tx): Promise<Map<string, HeldRole[]>> {
  const found = new Map<string, HeldRole[]>();
  for (const { identityId, organizationId, role } of await all(OF_IDENTITIES, [JSON.stringify(identityIds)], tx)) {
    const held = { organizationId, role: toUnion(OPERATOR_ROLES, role) };
    found.set(identityId, [...(found.get(identityId) ?? []), held]);
  }
  return found;
}

/** Whether the organization has an operator yet. */
export async function hasOperators(organizationId: string, reader?: Reader): Promise<boolean> {
  const row = await (reader ?? (await db())).operator.findFirst({ where: { organizationId }, select: { id: true } });
  return row !== null;
}

/**
 * Each active operator of an organization, with the time since which they have been active in their current role. Without
 * those who deleted their account and may still come back.
 */
export async function findActiveSince(organizationId: string, reader?: Reader): Promise<Map<string, Date>> {
  const rows = await (reader ?? (await db())).operator.findMany({
    where: { organizationId, identity: { state: 'active', deletionDueAt: null } },
    select: { identityId: true, updatedAt: true, identity: { select: { stateChangedAt: true } } },
  });
  return new Map(
    rows.map(({ identityId, updatedAt, identity: { stateChangedAt } }) => [
      identityId,
      updatedAt > stateChangedAt ? updatedAt : stateChangedAt,
    ]),
  );
}

/** The identity IDs of active owners and admins of an organization. */
export async function listManagers(organizationId: string, reader?: Reader): Promise<string[]> {
  const rows = await (reader ?? (await db())).operator.findMany({
    where: {
      organizationId,
      role: { in: ['owner', 'admin'] },
      identity: { state: 'active', deletionDueAt: null },
    },
    select: { identityId: true },
  });
  return rows.map(({ identityId }) => identityId);
}

/** Counts active owners other than this one whose accounts are not about to be purged. The caller locks the organization first. */
export async function countOtherOwners(tx: Tx, organizationId: string, identityId: string): Promise<number> {
  return tx.operator.count({
    where: {
      organizationId,
      role: 'owner',
      identityId: { not: identityId },
      identity: { state: 'active', deletionDueAt: null },
    },
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
