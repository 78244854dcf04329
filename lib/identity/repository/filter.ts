import type { Prisma } from '@/generated/sqlite/client';
import { db } from '@/lib/platform/db/client';
import { startingWith } from '@/lib/platform/db/prefix-filter';
import type { IdentityState } from '../model';

export type IdentityFilter = {
  ids?: string[];
  /** Normalized; exact. */
  identifier?: string;
  /** Normalized prefix of an identifier. */
  identifierPrefix?: string;
  state?: IdentityState;
  schemaId?: string;
  /** In the form of the search text, which must contain each of them. */
  words?: string[];
};

/** `isSparse`: no index leads to the matches, so finding them reads identities that do not match. */
export type Condition = { where: Prisma.IdentityWhereInput; isSparse: boolean };

/** Up to this many identities are looked up by ID; a prefix with more matches finds them quickly by walking. */
const MAX_SELECTED_IDS = 5000;

/**
 * Converts a filter to a condition on identities. Identifier filters are resolved first, in the index of identifiers:
 * as a subquery, SQLite would search the identifiers once per identity, in one call that blocks the process.
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
  // Omits the project, which equals the identity's: only the index by identity fits then.
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

/** Null if there are too many. */
async function idsByPrefix(projectId: string, prefix: string): Promise<string[] | null> {
  const rows = await (await db()).identifier.findMany({
    where: { projectId, value: startingWith(prefix) },
    select: { identityId: true },
    orderBy: { value: 'asc' }, // ordered by ID or not at all, all matches would be read and sorted first
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
