import { type Db, db } from '@/lib/platform/db/client';
import { all, run, statement } from '@/lib/platform/db/statement';
import type { Tx } from '@/lib/platform/db/transaction';
import type { Group, GroupMember } from '../model';

type Reader = Db | Tx;

const NAMES_OF = statement<{ name: string }>(
  'group.names_of',
  `SELECT g.name FROM "GroupMember" m JOIN "Group" g ON g.id = m."groupId"
   WHERE m."identityId" = $2 AND m."projectId" = $1 ORDER BY g."foldedName"`,
);

/** The names of an identity's groups, sorted. */
export async function groupsOf(projectId: string, identityId: string, reader?: Reader): Promise<string[]> {
  return (await all(NAMES_OF, [projectId, identityId], reader)).map(({ name }) => name);
}

/** An identity's groups, sorted by name. */
export async function listGroupsOfIdentity(
  projectId: string,
  identityId: string,
): Promise<Array<Pick<Group, 'id' | 'name'>>> {
  const rows = await (await db()).groupMember.findMany({
    where: { projectId, identityId },
    orderBy: { group: { foldedName: 'asc' } },
    select: { group: { select: { id: true, name: true } } },
  });
  return rows.map(({ group }) => group);
}

/** By identity ID: those who were created first come first. */
export async function listMembers(
  projectId: string,
  groupId: string,
  { after = null, before, limit }: { after?: string | null | undefined; before?: string | undefined; limit: number },
): Promise<GroupMember[]> {
  const rows = await (await db()).groupMember.findMany({
    where: {
      projectId,
      groupId,
      identityId: { ...(after !== null && { gt: after }), ...(before !== undefined && { lt: before }) },
    },
    orderBy: { identityId: before === undefined ? 'asc' : 'desc' },
    take: limit,
    select: { identityId: true, createdAt: true },
  });
  return before === undefined ? rows : rows.reverse();
}

export async function countMembers(projectId: string, groupId: string, reader?: Reader): Promise<number> {
  return (reader ?? (await db())).groupMember.count({ where: { projectId, groupId } });
}

/** The number of members of each group, by group ID; groups without members are absent. */
export async function countMembersOf(projectId: string, groupIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await (await db()).groupMember.groupBy({
    by: ['groupId'],
    where: { projectId, groupId: { in: [...groupIds] } },
    _count: { identityId: true },
  });
  return new Map(rows.map(({ groupId, _count }) => [groupId, _count.identityId]));
}

// Reads the identity too, so that both are of the project: a foreign key alone would accept another's.
const INSERT = statement(
  'group.insert_member',
  `INSERT INTO "GroupMember" ("groupId", "identityId", "projectId", "createdAt")
   SELECT g.id, i.id, g."projectId", $4 FROM "Group" g JOIN "Identity" i ON i."projectId" = g."projectId" AND i.id = $3
   WHERE g.id = $2 AND g."projectId" = $1 ON CONFLICT DO NOTHING`,
);

/** False if it is a member already, or there is no such identity in the project. */
export async function insertMember(
  tx: Tx,
  { id, projectId }: Group,
  identityId: string,
  createdAt: Date,
): Promise<boolean> {
  return (await run(INSERT, [projectId, id, identityId, createdAt], tx)) === 1;
}

export async function isMember(tx: Tx, { id, projectId }: Group, identityId: string): Promise<boolean> {
  return (await tx.groupMember.count({ where: { projectId, groupId: id, identityId } })) === 1;
}

/** False if it is no member. */
export async function deleteMember(tx: Tx, { id, projectId }: Group, identityId: string): Promise<boolean> {
  const { count } = await tx.groupMember.deleteMany({ where: { projectId, groupId: id, identityId } });
  return count === 1;
}
