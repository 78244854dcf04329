import type { Prisma } from '@/generated/sqlite/client';
import { db } from '@/lib/platform/db/client';
import { first, statement } from '@/lib/platform/db/statement';
import { yieldToEventLoop } from '@/lib/platform/event-loop';
import type { DeletedFilter, DeletedIdentity, DeletedSummary, DeletedWindow } from '../model/deleted';
import { SUMMARY, toDeleted, toSummary } from './recycle-bin';

export async function listDeleted(
  projectId: string,
  filter: DeletedFilter,
  window: DeletedWindow,
): Promise<DeletedIdentity[]> {
  const ids = await idsIn(projectId, filter, window);
  const { deletedIdentity } = await db();
  const rows = await deletedIdentity.findMany({ where: { projectId, id: { in: ids } } });
  return inOrder(ids, rows.map(toDeleted));
}

/** As `listDeleted`, without the identities. */
export async function listDeletedSummaries(
  projectId: string,
  filter: DeletedFilter,
  window: DeletedWindow,
): Promise<DeletedSummary[]> {
  const ids = await idsIn(projectId, filter, window);
  const { deletedIdentity } = await db();
  const rows = await deletedIdentity.findMany({
    where: { projectId, id: { in: ids } },
    omit: SUMMARY,
  });
  return inOrder(ids, rows.map(toSummary));
}

/** Stops counting at `limit`. */
export async function countDeleted(projectId: string, filter: DeletedFilter, limit: number): Promise<number> {
  return (await idsIn(projectId, filter, { limit })).length;
}

function inOrder<Item extends { id: string }>(ids: string[], items: Item[]): Item[] {
  const byId = new Map(items.map((item) => [item.id, item]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

const MAX_OFFSET = 1_000_000_000;
/** Rows per statement of a search: no index has the text, and SQLite blocks the process while it reads. */
const WALK_STEP = 2000;

/** IDs of deletions. */
async function idsIn(
  projectId: string,
  { ids, words = [] }: DeletedFilter,
  { after, before, offset = 0, limit, isDescending = false }: DeletedWindow,
): Promise<string[]> {
  if (offset > MAX_OFFSET) return [];
  const { deletedIdentity } = await db();
  const orderBy = { id: isDescending ? ('desc' as const) : ('asc' as const) };
  const own: Prisma.DeletedIdentityWhereInput = { projectId, ...(ids && { identityId: { in: ids } }) };
  const within = (from: { after?: string | null | undefined; before?: string | null | undefined }) => ({
    AND: [own, { id: { ...(from.after && { gt: from.after }), ...(from.before && { lt: from.before }) } }],
  });
  const select = { id: true } as const;
  if (words.length === 0) {
    const where = within({ after, before });
    const rows = await deletedIdentity.findMany({ where, orderBy, skip: offset, take: limit, select });
    return rows.map(({ id }) => id);
  }
  const found: string[] = [];
  for (let from = { after, before }; found.length < offset + limit; ) {
    const range = within(from);
    const last = await deletedIdentity.findFirst({ where: range, orderBy, skip: WALK_STEP - 1, select });
    const matches = words.map((word) => ({ searchText: { contains: word } }));
    const step = last ? { id: isDescending ? { gte: last.id } : { lte: last.id } } : {};
    const rows = await deletedIdentity.findMany({ where: { AND: [range, step, ...matches] }, orderBy, select });
    found.push(...rows.map(({ id }) => id));
    if (!last) break;
    from = isDescending ? { after, before: last.id } : { after: last.id, before };
  }
  return found.slice(offset, offset + limit);
}

const OF_SCHEMA = statement<{ found: number; read: number; last: string | null }>(
  'identity.deleted_of_schema',
  `SELECT count(*) FILTER (WHERE m.identity LIKE $3) AS found, count(*) AS read, max(m.id) AS last FROM (
     SELECT e.id, e.identity FROM "DeletedIdentity" e WHERE e."projectId" = $1 AND e.id > $2 ORDER BY e.id LIMIT 500
   ) m`,
);

/** Whether the recycle bin has an identity of this schema, in any version. Reads the bin in bounded steps. */
export async function hasDeletedOf(projectId: string, schemaId: string): Promise<boolean> {
  // As JSON.stringify writes it. In a schema's ID, LIKE has one wildcard, `_`: at worst, one too many is found.
  const pattern = `%"schemaId":${JSON.stringify(schemaId)}%`;
  for (let after = ''; ; ) {
    const row = await first(OF_SCHEMA, [projectId, after, pattern]);
    if (!row || row.found > 0) return row !== null;
    if (row.last === null || row.read < 500) return false;
    after = row.last;
    await yieldToEventLoop();
  }
}
