import type { Prisma } from '@/generated/sqlite/client';
import { type Db, db } from '@/lib/platform/db/client';
import type { Tx } from '@/lib/platform/db/transaction';
import { toUnion } from '@/lib/platform/union';
import { OPERATOR_ROLES } from '@/lib/role/model';
import { INVITATION_KINDS, type Invitation, type InvitationKind } from './model';

type Reader = Db | Tx;

/** Always within an organization or a project. */
export type Criteria = ({ organizationId: string } | { projectId: string }) & {
  kind?: InvitationKind;
  id?: string;
  /** Normalized. */
  email?: string | null | { in: string[] };
};

export type InvitationPage = { before?: string | undefined; after?: string | undefined; limit: number };

/** As `isOpen`. */
const open = (criteria: Criteria, now: Date) =>
  ({ ...criteria, consumedAt: null, expiresAt: { gt: now } }) satisfies Prisma.InvitationWhereInput;

export async function insertInvitation(tx: Tx, invitation: Invitation): Promise<void> {
  await tx.invitation.create({ data: invitation });
}

export async function findByToken(tokenHash: string, reader?: Reader): Promise<Invitation | null> {
  const row = await (reader ?? (await db())).invitation.findUnique({ where: { tokenHash } });
  return row && toInvitation(row);
}

export async function isAnyOpen(criteria: Criteria, now: Date, reader?: Reader): Promise<boolean> {
  const row = await (reader ?? (await db())).invitation.findFirst({
    where: open(criteria, now),
    select: { id: true },
  });
  return row !== null;
}

/** Newest first. `before` and `after` are an invitation ID: the next older ones, or the next newer ones. */
export async function listOpen(
  criteria: Criteria,
  now: Date,
  { before, after, limit }: Partial<InvitationPage> = {},
  reader?: Reader,
): Promise<Invitation[]> {
  const rows = await (reader ?? (await db())).invitation.findMany({
    where: { AND: [open(criteria, now), { id: { ...(before && { lt: before }), ...(after && { gt: after }) } }] },
    orderBy: { id: after ? 'asc' : 'desc' },
    ...(limit !== undefined && { take: limit }),
  });
  const invitations = rows.map(toInvitation);
  return after ? invitations.reverse() : invitations;
}

/** Resolves to the number deleted. */
export async function deleteOpen(tx: Tx, criteria: Criteria, now: Date): Promise<number> {
  return (await tx.invitation.deleteMany({ where: open(criteria, now) })).count;
}

/** Resolves to the number consumed: of concurrent calls, exactly one counts an invitation. */
export async function consumeOpen(tx: Tx, criteria: Criteria, now: Date): Promise<number> {
  return (await tx.invitation.updateMany({ where: open(criteria, now), data: { consumedAt: now } })).count;
}

/** Deletes at most `limit` used or expired invitations. */
export async function deleteFinished(now: Date, limit: number): Promise<number> {
  const client = await db();
  const rows = await client.invitation.findMany({
    where: { OR: [{ consumedAt: { not: null } }, { expiresAt: { lte: now } }] },
    select: { id: true },
    take: limit,
  });
  const ids = rows.map(({ id }) => id);
  return ids.length === 0 ? 0 : (await client.invitation.deleteMany({ where: { id: { in: ids } } })).count;
}

function toInvitation(row: Prisma.InvitationGetPayload<object>): Invitation {
  return {
    ...row,
    kind: toUnion(INVITATION_KINDS, row.kind),
    role: row.role === null ? null : toUnion(OPERATOR_ROLES, row.role),
  };
}
