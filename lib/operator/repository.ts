import type { Prisma } from '@/generated/sqlite/client';
import { type AddressStatus, displayName, emailOf, type IdentityState, type OperatorRole } from '@/lib/identity/model';
import { type Db, db } from '@/lib/platform/db/client';
import type { Tx } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import type { Invitation, ListedOperator, Operator } from './model';

type Reader = Db | Tx;

export type UnusedInvitation = { id: string; kind: string; organizationId: string; role: string | null };

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

/**
 * Until the transaction ends, whoever else locks this organization waits: what was found stays true.
 * Refuses: `not_found`.
 */
export async function lockOrganization(tx: Tx, id: string): Promise<void> {
  const { count } = await tx.organization.updateMany({ where: { id }, data: { id } });
  if (count === 0) throw new AppError('not_found');
}

/** In the order they became operators. */
export async function listOperators(organizationId: string): Promise<ListedOperator[]> {
  const rows = await (await db()).operator.findMany({
    where: { organizationId },
    include: { identity: { select: { traits: true, state: true, verifiableAddresses: { orderBy: { id: 'asc' } } } } },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ identityId, role, createdAt, identity }) => {
    const { traits, verifiableAddresses, state } = identity;
    const person = {
      traits: JSON.parse(traits),
      verifiableAddresses: verifiableAddresses.map((address) => ({
        ...address,
        via: 'email' as const,
        status: address.status as AddressStatus,
      })),
    };
    return {
      identityId,
      name: displayName(person),
      email: emailOf(person),
      state: state as IdentityState,
      role: role as OperatorRole,
      since: createdAt,
    };
  });
}

/** Every operator of an organization who is active, and since when they have been that in the role they hold. */
export async function findStanding(organizationId: string, reader?: Reader): Promise<Map<string, Date>> {
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

/** Owners who can act, besides this one. Who counts them locks the organization first. */
export async function countOtherOwners(tx: Tx, organizationId: string, identityId: string): Promise<number> {
  return tx.operator.count({
    where: { organizationId, role: 'owner', identityId: { not: identityId }, identity: { state: 'active' } },
  });
}

export async function deleteOperator(tx: Tx, { id }: Operator): Promise<void> {
  await tx.operator.deleteMany({ where: { id } });
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

/** All unused invitations to these addresses, of any organization and kind. */
export async function listUnusedInvitations(tx: Tx, projectId: string, emails: string[]): Promise<UnusedInvitation[]> {
  return tx.invitation.findMany({
    where: { projectId, email: { in: emails }, consumedAt: null },
    select: { id: true, kind: true, organizationId: true, role: true },
    orderBy: { id: 'asc' },
  });
}

/** The newest first. */
export async function listOpenInvitations(organizationId: string, now: Date): Promise<Invitation[]> {
  const rows = await (await db()).invitation.findMany({
    where: { organizationId, kind: 'operator', consumedAt: null, expiresAt: { gt: now } },
    orderBy: { id: 'desc' },
  });
  return rows.map(toInvitation);
}

/** One that nobody has used yet, of an operator. */
export async function findOpenInvitation(tx: Tx, organizationId: string, id: string): Promise<Invitation | null> {
  const row = await tx.invitation.findFirst({ where: { id, organizationId, kind: 'operator', consumedAt: null } });
  return row && toInvitation(row);
}

/** False when somebody has used it in the meantime. */
export async function deleteInvitation(tx: Tx, { id }: Pick<Invitation, 'id'>): Promise<boolean> {
  return (await tx.invitation.deleteMany({ where: { id, consumedAt: null } })).count === 1;
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
