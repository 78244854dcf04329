import type { Prisma } from '@/generated/sqlite/client';
import type { OperatorRole } from '@/lib/identity/model';
import { type Db, db } from '@/lib/platform/db/client';
import type { Tx } from '@/lib/platform/db/transaction';
import type { Invitation, Operator } from './model';

type Reader = Db | Tx;

export async function findOperator(
  organizationId: string,
  identityId: string,
  reader?: Reader,
): Promise<Operator | null> {
  const row = await (reader ?? (await db())).operator.findUnique({
    where: { organizationId_identityId: { organizationId, identityId } },
  });
  return row && toOperator(row);
}

/** Until the transaction ends, whoever else locks this organization waits: what was found stays true. */
export async function lockOrganization(tx: Tx, id: string): Promise<void> {
  await tx.organization.update({ where: { id }, data: { id } });
}

/** Whether anybody runs the organization yet. */
export async function hasOperators(organizationId: string, reader?: Reader): Promise<boolean> {
  const row = await (reader ?? (await db())).operator.findFirst({ where: { organizationId }, select: { id: true } });
  return row !== null;
}

export async function insertOperator(tx: Tx, operator: Operator): Promise<void> {
  await tx.operator.create({ data: operator });
}

export async function updateRole(tx: Tx, { id }: Operator, role: OperatorRole, now: Date): Promise<void> {
  await tx.operator.update({ where: { id }, data: { role, updatedAt: now } });
}

export async function insertInvitation(tx: Tx, invitation: Invitation): Promise<void> {
  await tx.invitation.create({ data: invitation });
}

export async function findInvitation(tokenHash: string, reader?: Reader): Promise<Invitation | null> {
  const row = await (reader ?? (await db())).invitation.findUnique({ where: { tokenHash } });
  return row && toInvitation(row);
}

/** Takes back what nobody has used yet: all of a kind, or those for one address. */
export async function deleteOpenInvitations(
  tx: Tx,
  organizationId: string,
  kind: Invitation['kind'],
  email: string | null,
): Promise<void> {
  await tx.invitation.deleteMany({ where: { organizationId, kind, email, consumedAt: null } });
}

/** True for exactly one of all who try, and only before it expires. */
export async function spendInvitation(tx: Tx, { id }: Invitation, now: Date): Promise<boolean> {
  const { count } = await tx.invitation.updateMany({
    where: { id, consumedAt: null, expiresAt: { gt: now } },
    data: { consumedAt: now },
  });
  return count === 1;
}

/** Removes at most `limit` that were used or have expired. */
export async function deleteFinishedInvitations(now: Date, limit: number): Promise<number> {
  const client = await db();
  const rows = await client.invitation.findMany({
    where: { OR: [{ consumedAt: { not: null } }, { expiresAt: { lte: now } }] },
    select: { id: true },
    take: limit,
  });
  const ids = rows.map(({ id }) => id);
  return ids.length === 0 ? 0 : (await client.invitation.deleteMany({ where: { id: { in: ids } } })).count;
}

function toOperator(row: Prisma.OperatorGetPayload<object>): Operator {
  return { ...row, role: row.role as OperatorRole };
}

function toInvitation(row: Prisma.InvitationGetPayload<object>): Invitation {
  return { ...row, kind: row.kind as Invitation['kind'], role: row.role as OperatorRole };
}
