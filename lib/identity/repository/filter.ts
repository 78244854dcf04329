import type { Prisma } from '@/generated/sqlite/client';
import { db } from '@/lib/platform/db/client';
import { startingWith } from '@/lib/platform/db/prefix-filter';
import type { IdentityState } from '../model';

export type IdentityFilter = {
  ids?: string[];
  /** Normalised; exact. */
  identifier?: string;
  /** Normalised; what one begins with. */
  identifierPrefix?: string;
  state?: IdentityState;
  schemaId?: string;
  /** In the form of the search text, which contains each of them. */
  words?: string[];
};

/** `isSparse`: no index leads to the matches, so reading them means looking at identities that do not match. */
export type Condition = { where: Prisma.IdentityWhereInput; isSparse: boolean };

/** Up to so many identities are looked up by id; where a prefix matches more, they are met soon by walking. */
const MAX_SELECTED_IDS = 5000;

/**
 * A filter as a condition on identities. Filters on identifiers are resolved in the index of identifiers first: asked as a
 * subquery, SQLite would look at the identifiers once for each identity, in one call that keeps the whole process waiting.
 */
export async function toCondition(projectId: string, filter: IdentityFilter): Promise<Condition> {
  const { identifier, identifierPrefix: prefix, ...rest } = filter;
  const isSparse = rest.words !== undefined && rest.words.length > 0 && !rest.ids;
  if (identifier !== undefined) {
    const ids = identifier.startsWith(prefix ?? '') ? await idsByIdentifier(projectId, identifier) : [];
    return { where: toWhere(projectId, { ...rest, ids: intersect(ids, rest.ids) }), isSparse: false };
  }
  if (prefix === undefined) return { where: toWhere(projectId, rest), isSparse };
  const ids = rest.ids ? await amongIds(projectId, rest.ids, prefix) : await idsByPrefix(projectId, prefix);
  if (ids) return { where: toWhere(projectId, { ...rest, ids }), isSparse: false };
  // Without the project in the subquery, whose rows have that of their identity: no index but that of the identity fits.
  const identifiers = { some: { value: startingWith(prefix) } };
  return { where: { AND: [toWhere(projectId, rest), { identifiers }] }, isSparse: true };
}

/** For filters without identifiers. */
export function toWhere(
  projectId: string,
  { ids, state, schemaId, words = [] }: Omit<IdentityFilter, 'identifier' | 'identifierPrefix'>,
): Prisma.IdentityWhereInput {
  return {
    projectId,
    ...(ids && { id: { in: ids } }),
    ...(state && { state }),
    ...(schemaId !== undefined && { schemaId }),
    ...(words.length > 0 && { AND: words.map((word) => ({ searchText: { contains: word } })) }),
  };
}

async function idsByIdentifier(projectId: string, value: string): Promise<string[]> {
  const row = await (await db()).identifier.findUnique({
    where: { projectId_value: { projectId, value } },
    select: { identityId: true },
  });
  return row ? [row.identityId] : [];
}

/** Null when there are too many. */
async function idsByPrefix(projectId: string, prefix: string): Promise<string[] | null> {
  const rows = await (await db()).identifier.findMany({
    where: { projectId, value: startingWith(prefix) },
    select: { identityId: true },
    orderBy: { value: 'asc' }, // by id, as without it, all matches would be read and sorted first
    take: MAX_SELECTED_IDS + 1,
  });
  return rows.length > MAX_SELECTED_IDS ? null : unique(rows);
}

async function amongIds(projectId: string, ids: string[], prefix: string): Promise<string[]> {
  const rows = await (await db()).identifier.findMany({
    where: { projectId, identityId: { in: ids } },
    select: { identityId: true, value: true },
  });
  return unique(rows.filter(({ value }) => value.startsWith(prefix)));
}

function unique(rows: Array<{ identityId: string }>): string[] {
  return [...new Set(rows.map(({ identityId }) => identityId))];
}

function intersect(ids: string[], others: string[] | undefined): string[] {
  return others ? ids.filter((id) => others.includes(id)) : ids;
}
