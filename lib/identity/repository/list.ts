import type { Prisma } from '@/generated/sqlite/client';
import { db } from '@/lib/platform/db/client';
import type { Identity } from '../model';
import { type IdentityFilter, toCondition } from './filter';
import { toIdentity, WITH_PARTS } from './row';

type Where = Prisma.IdentityWhereInput;

/**
 * How many rows one statement passes: of an index alone, and where each is looked at. SQLite answers within the call: a statement
 * that passed a million rows would keep every other request waiting, while between two statements they get their turn.
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

/** The identities after an id, in id order: keyset paging, as fast on the last page as on the first. */
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
  const { identity } = await db();
  const read = (condition: Where, rest: { skip?: number; take?: number }) =>
    identity.findMany({ where: condition, include: WITH_PARTS, orderBy: { id: 'asc' }, ...rest });
  if (isSparse) {
    const ids = await walk(projectId, where, window);
    return ids.length === 0 ? [] : (await read({ projectId, id: { in: ids } }, {})).map(toIdentity);
  }
  const place = await skip(where, window);
  if (!place) return [];
  return (await read({ AND: [where, beyond(place.after)] }, { skip: place.offset, take: window.limit })).map(
    toIdentity,
  );
}

/** The ids of a window, met step by step among all identities of the project. */
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

/** Passes over most of an offset in steps; null where the list ends before it. */
async function skip(where: Where, { after, offset }: Window): Promise<Omit<Window, 'limit'> | null> {
  let place = { after, offset };
  while (place.offset > INDEX_STEP) {
    const next = await idAhead(where, place.after, INDEX_STEP);
    if (next === null) return null;
    place = { after: next, offset: place.offset - INDEX_STEP };
  }
  return place;
}

/** All identities of the project in pieces of `WALK_STEP`: conditions that follow each other and leave nothing out. */
async function* steps(projectId: string, after: string | null): AsyncGenerator<Where> {
  for (let from = after; ; ) {
    const to = await idAhead({ projectId }, from, WALK_STEP);
    if (to === null) return yield beyond(from);
    yield { id: { ...(from !== null && { gt: from }), lte: to } };
    from = to;
  }
}

/** The id so many rows further on, or null where fewer are left. */
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
