import type { Prisma } from '@/generated/sqlite/client';
import { db } from '@/lib/platform/db/client';
import type { Identity } from '../model';
import { listByIds } from './by-ids';
import { type IdentityFilter, toCondition } from './filter';

type Where = Prisma.IdentityWhereInput;

/**
 * Rows per statement: index only, or reading each row. SQLite answers synchronously: a statement over a million rows
 * would block every other request; between two statements they get their turn.
 */
const INDEX_STEP = 50_000;
const WALK_STEP = 10_000;

export async function listByOffset(
  projectId: string,
  filter: IdentityFilter,
  offset: number,
  limit: number,
): Promise<Identity[]> {
  return list(projectId, filter, { after: null, offset, limit });
}

/** The identities after an ID, in ID order: keyset paging, equally fast on every page. */
export async function listAfter(
  projectId: string,
  filter: IdentityFilter,
  after: string | null,
  limit: number,
): Promise<Identity[]> {
  return list(projectId, filter, { after, offset: 0, limit });
}

export async function countIdentities(projectId: string, filter: IdentityFilter): Promise<number> {
  const { where, isSparse } = await toCondition(projectId, filter);
  const { identity } = await db();
  let total = 0;
  if (isSparse) {
    for await (const step of steps(projectId, null)) total += await identity.count({ where: { AND: [where, step] } });
    return total;
  }
  for (let after: string | null = null; ; total += INDEX_STEP) {
    const next = await idAhead(where, after, INDEX_STEP);
    if (next === null) return total + (await identity.count({ where: { AND: [where, beyond(after)] } }));
    after = next;
  }
}

type Window = { after: string | null; offset: number; limit: number };

async function list(projectId: string, filter: IdentityFilter, window: Window): Promise<Identity[]> {
  const { where, isSparse } = await toCondition(projectId, filter);
  const ids = isSparse ? await walk(projectId, where, window) : await idsAt(where, window);
  if (ids.length === 0) return [];
  const identities = await listByIds(projectId, ids);
  // One was deleted between the two reads; a page must not look like the last one because of that.
  return identities.length < ids.length ? list(projectId, filter, window) : identities;
}

async function idsAt(where: Where, window: Window): Promise<string[]> {
  const place = await skip(where, window);
  if (!place) return [];
  const rows = await (await db()).identity.findMany({
    where: { AND: [where, beyond(place.after)] },
    select: { id: true },
    orderBy: { id: 'asc' },
    skip: place.offset,
    take: window.limit,
  });
  return rows.map(({ id }) => id);
}

/** The IDs of a window, collected step by step over all identities of the project. */
async function walk(projectId: string, where: Where, { after, offset, limit }: Window): Promise<string[]> {
  const { identity } = await db();
  const ids: string[] = [];
  let toSkip = offset;
  for await (const step of steps(projectId, after)) {
    const take = Math.min(toSkip + limit - ids.length, WALK_STEP);
    const condition = { AND: [where, step] };
    const rows = await identity.findMany({ where: condition, select: { id: true }, orderBy: { id: 'asc' }, take });
    ids.push(...rows.slice(toSkip).map(({ id }) => id));
    toSkip = Math.max(0, toSkip - rows.length);
    if (ids.length === limit) break;
  }
  return ids;
}

/** Skips most of an offset in steps; null if the list ends before it. */
async function skip(where: Where, { after, offset }: Window): Promise<Omit<Window, 'limit'> | null> {
  let place = { after, offset };
  while (place.offset > INDEX_STEP) {
    const next = await idAhead(where, place.after, INDEX_STEP);
    if (next === null) return null;
    place = { after: next, offset: place.offset - INDEX_STEP };
  }
  return place;
}

/** Partitions all identities of the project into contiguous ranges of `WALK_STEP`. */
async function* steps(projectId: string, after: string | null): AsyncGenerator<Where> {
  for (let from = after; ; ) {
    const to = await idAhead({ projectId }, from, WALK_STEP);
    if (to === null) return yield beyond(from);
    yield { id: { ...(from !== null && { gt: from }), lte: to } };
    from = to;
  }
}

/** The ID `count` rows ahead, or null if fewer remain. */
async function idAhead(where: Where, after: string | null, count: number): Promise<string | null> {
  const row = await (await db()).identity.findFirst({
    where: { AND: [where, beyond(after)] },
    select: { id: true },
    orderBy: { id: 'asc' },
    skip: count - 1,
  });
  return row?.id ?? null;
}

function beyond(after: string | null): Where {
  return after === null ? {} : { id: { gt: after } };
}
