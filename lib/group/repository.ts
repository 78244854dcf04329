import type { Prisma } from '@/generated/sqlite/client';
import { type Db, db } from '@/lib/platform/db/client';
import type { Tx } from '@/lib/platform/db/transaction';
import { isUniqueViolation } from '@/lib/platform/db/violations';
import { AppError } from '@/lib/platform/errors';
import { readableName } from '@/lib/platform/text';
import { foldName, type Group } from './model';

const MAX_ROWS = 1000;

type Reader = Db | Tx;
type Row = Prisma.GroupGetPayload<object>;

export async function findGroup(projectId: string, id: string, reader?: Reader): Promise<Group | null> {
  const row = await (reader ?? (await db())).group.findFirst({ where: { id, projectId } });
  return row && toGroup(row);
}

/** However its case is written. */
export async function findGroupByName(projectId: string, name: string, reader?: Reader): Promise<Group | null> {
  const foldedName = foldName(name);
  const row = await (reader ?? (await db())).group.findUnique({
    where: { projectId_foldedName: { projectId, foldedName } },
  });
  return row && toGroup(row);
}

/** Those of the given IDs that exist, by name. */
export async function listGroupsByIds(projectId: string, ids: readonly string[], reader?: Reader): Promise<Group[]> {
  if (ids.length === 0) return [];
  const rows = await (reader ?? (await db())).group.findMany({
    where: { projectId, id: { in: [...ids] } },
    orderBy: { foldedName: 'asc' },
  });
  return rows.map(toGroup);
}

export type NamePosition = {
  /** Only groups whose folded name comes after this one. */
  after?: string | undefined;
  /** Only groups whose folded name comes before this one; `limit` keeps the closest. */
  before?: string | undefined;
  limit?: number;
};

/** By name. */
export async function listGroups(
  projectId: string,
  { after, before, limit = MAX_ROWS }: NamePosition = {},
): Promise<Group[]> {
  const rows = await (await db()).group.findMany({
    where: {
      projectId,
      foldedName: { ...(after !== undefined && { gt: after }), ...(before !== undefined && { lt: before }) },
    },
    orderBy: { foldedName: before === undefined ? 'asc' : 'desc' },
    take: limit,
  });
  const groups = rows.map(toGroup);
  return before === undefined ? groups : groups.reverse();
}

/** By ID; `memberId`: only groups that have this member. */
export async function listGroupsAfter(
  projectId: string,
  { memberId, after, limit }: { memberId?: string | undefined; after: string | null; limit: number },
): Promise<Group[]> {
  const rows = await (await db()).group.findMany({
    where: {
      projectId,
      ...(after !== null && { id: { gt: after } }),
      ...(memberId !== undefined && { members: { some: { identityId: memberId } } }),
    },
    orderBy: { id: 'asc' },
    take: limit,
  });
  return rows.map(toGroup);
}

export async function countGroups(projectId: string): Promise<number> {
  return (await db()).group.count({ where: { projectId } });
}

/** Refuses: `group_taken`. */
export async function insertGroup(tx: Tx, group: Group): Promise<void> {
  await mapTaken(() => tx.group.create({ data: { ...group, foldedName: foldName(group.name) } }));
}

/** False if another writer changed it since `before` was read. Refuses: `group_taken`. */
export async function updateGroupRow(tx: Tx, before: Group, after: Group): Promise<boolean> {
  const { id, projectId, name, description, version, updatedAt } = after;
  const { count } = await mapTaken(() =>
    tx.group.updateMany({
      where: { id, projectId, version: before.version },
      data: { name, foldedName: foldName(name), description, version, updatedAt },
    }),
  );
  return count === 1;
}

/** With its memberships, and its mention by applications. False if it was changed or deleted since it was read. */
export async function deleteGroupRow(tx: Tx, { id, projectId, version }: Group): Promise<boolean> {
  const { count } = await tx.group.deleteMany({ where: { id, projectId, version } });
  return count === 1;
}

async function mapTaken<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    if (isUniqueViolation(cause)) throw new AppError('group_taken', { cause });
    throw cause;
  }
}

function toGroup({ id, projectId, name, description, version, createdAt, updatedAt }: Row): Group {
  return { id, projectId, name: readableName(name, id), description, version, createdAt, updatedAt };
}
