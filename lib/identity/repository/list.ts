import type { Identity, StoredIdentity } from '../model';
import { listByIds, listStoredByIds } from './by-ids';
import type { Criteria, IdentityFilter } from './filter';
import {
  BY_CREATION,
  countAll,
  countIn,
  countVersionsIn,
  idsByIdentifier,
  idsByPrefix,
  idsByWords,
  idsOfDue,
  type Place,
  placesByPrefix,
  placesIn,
  type Range,
  type SearchOrder,
  type VersionCount,
} from './read';

/**
 * Rows per statement: index-only, or reading each row. SQLite answers synchronously: a statement over a million rows would
 * block every other request, which get their turn between two statements.
 */
const INDEX_STEP = 50_000;
const WALK_STEP = 5000;
/** Suffices for frequent matches. */
const PROBE_STEP = 1000;
/** Up to this many matches are collected and sorted; with more, walking the list fills a page soon. */
const MAX_COLLECTED = 5000;
/** With more candidates to compare, walking the list is faster. */
const MAX_CANDIDATES = 50_000;

type Window = { after: Place | null; offset: number; limit: number };

export async function listByOffset(
  projectId: string,
  filter: IdentityFilter,
  offset: number,
  limit: number,
): Promise<StoredIdentity[]> {
  return list(projectId, filter, { after: null, offset, limit }, listStoredByIds);
}

/** The identities after an ID, in ID order: keyset pagination, equally fast on every page. */
export async function listAfter(
  projectId: string,
  filter: IdentityFilter,
  after: string | null,
  limit: number,
): Promise<Identity[]> {
  return list(projectId, filter, windowAfter(after, limit), listByIds);
}

/** As `listAfter`, for responses. */
export async function listStoredAfter(
  projectId: string,
  filter: IdentityFilter,
  after: string | null,
  limit: number,
): Promise<StoredIdentity[]> {
  return list(projectId, filter, windowAfter(after, limit), listStoredByIds);
}

function windowAfter(after: string | null, limit: number): Window {
  return { after: after === null ? null : { id: after }, offset: 0, limit };
}

async function list<Item>(
  projectId: string,
  filter: IdentityFilter,
  window: Window,
  read: (projectId: string, ids: string[]) => Promise<Item[]>,
): Promise<Item[]> {
  const places = await findPlaces(projectId, filter, BY_CREATION, window);
  if (places.length === 0) return [];
  const items = await read(
    projectId,
    places.map(({ id }) => id),
  );
  // An identity was deleted between the two reads; a short page would look like the last one.
  return items.length < places.length ? list(projectId, filter, window, read) : items;
}

/** Places of the matches, in order; `offset` counts from `after`. */
export async function findPlaces(
  projectId: string,
  filter: IdentityFilter,
  order: SearchOrder,
  window: Window,
): Promise<Place[]> {
  const { criteria, ids } = await resolve(projectId, filter);
  if (ids) return placesAmong(projectId, criteria, order, window, ids);
  if (!isSparse(criteria, order)) return page(projectId, criteria, order, window);
  const needed = window.offset + window.limit;
  const probe = await walk(projectId, criteria, order, window, { step: PROBE_STEP, maxSteps: 1 });
  if (probe.isAtEnd || probe.places.length >= needed) return probe.places.slice(window.offset, needed);
  const sorted = await placesOfPrefix(projectId, criteria, order, window);
  if (sorted) return sorted;
  const collected = await collect(projectId, criteria, order);
  if (collected) return placesAmong(projectId, criteria, order, window, collected);
  return (await walk(projectId, criteria, order, window, { step: WALK_STEP })).places.slice(window.offset, needed);
}

/** Exact unless it reaches `limit`. */
export async function countIdentities(
  projectId: string,
  filter: IdentityFilter,
  limit = Number.MAX_SAFE_INTEGER,
): Promise<number> {
  const { criteria, ids } = await resolve(projectId, filter);
  if (ids) return countIn(projectId, criteria, { ids }, limit);
  if (isEmpty(criteria)) return countAll(projectId);
  const found = await idsByWords(projectId, criteria, limit, Number.POSITIVE_INFINITY);
  if (found) return found.length;
  const step = isSparse(criteria, BY_CREATION) ? WALK_STEP : INDEX_STEP;
  let total = 0;
  for await (const range of ranges(
    projectId,
    isSparse(criteria, BY_CREATION) ? {} : criteria,
    BY_CREATION,
    null,
    step,
  )) {
    total += await countIn(projectId, criteria, range, limit - total);
    if (total >= limit) break;
  }
  return total;
}

/** How many identities use each version of these schemas; unused versions are absent. */
export async function countBySchemaVersion(projectId: string, schemaIds: string[]): Promise<VersionCount[]> {
  const totals = new Map<string, VersionCount>();
  if (schemaIds.length === 0) return [];
  for await (const range of ranges(projectId, {}, BY_CREATION, null, WALK_STEP)) {
    for (const found of await countVersionsIn(projectId, schemaIds, range)) {
      const key = `${found.version} ${found.schemaId}`;
      totals.set(key, { ...found, count: found.count + (totals.get(key)?.count ?? 0) });
    }
  }
  return [...totals.values()];
}

/**
 * Resolves filters with few matches to IDs first: identifiers by their index, as SQLite would run a subquery once per
 * identity, and accounts awaiting deletion. One with many matches remains a criterion.
 */
async function resolve(
  projectId: string,
  { ids, identifier, identifierPrefix: prefix, ...criteria }: IdentityFilter,
): Promise<{ criteria: Criteria; ids: readonly string[] | null }> {
  const withPrefix = prefix === undefined ? criteria : { ...criteria, identifierPrefix: prefix };
  if (identifier !== undefined) {
    const found = identifier.startsWith(prefix ?? '') ? await idsByIdentifier(projectId, identifier) : [];
    return { criteria, ids: ids ? found.filter((id) => ids.includes(id)) : found };
  }
  if (!ids && criteria.state === 'deleting') {
    const due = await idsOfDue(projectId, MAX_COLLECTED + 1);
    return { criteria: withPrefix, ids: due.length > MAX_COLLECTED ? null : due };
  }
  if (ids || prefix === undefined) return { criteria: withPrefix, ids: ids ?? null };
  const found = await idsByPrefix(projectId, prefix, MAX_COLLECTED + 1);
  return found.length > MAX_COLLECTED ? { criteria: withPrefix, ids: null } : { criteria, ids: found };
}

/** Whether no index yields the matches in this order, so that identities that do not match are read too. */
function isSparse({ state, schemaId, words = [], ...others }: Criteria, { by }: SearchOrder): boolean {
  const filters = [state, schemaId].filter((value) => value !== undefined).length;
  if (others.identifierPrefix !== undefined || others.passkeys !== undefined || state === 'deleting') return true;
  return words.length > 0 || filters > (by === 'created' ? 1 : 0);
}

function isEmpty({ state, schemaId, words = [], identifierPrefix, passkeys }: Criteria): boolean {
  return [state, schemaId, identifierPrefix, passkeys].every((value) => value === undefined) && words.length === 0;
}

async function placesAmong(
  projectId: string,
  criteria: Criteria,
  order: SearchOrder,
  { after, offset, limit }: Window,
  ids: readonly string[],
): Promise<Place[]> {
  return ids.length === 0 ? [] : placesIn(projectId, criteria, order, { after, ids }, { offset, limit });
}

/** For criteria with an index of exactly the matches. */
async function page(
  projectId: string,
  criteria: Criteria,
  order: SearchOrder,
  { after, offset, limit }: Window,
): Promise<Place[]> {
  if (offset > WALK_STEP && isEmpty(criteria) && after === null) {
    const left = (await countAll(projectId)) - offset;
    if (left <= 0) return [];
    if (left < offset) {
      const backwards = { ...order, isDescending: !order.isDescending };
      const size = Math.min(limit, left);
      return (await skipTo(projectId, criteria, backwards, { after, offset: left - size, limit: size })).reverse();
    }
  }
  return skipTo(projectId, criteria, order, { after, offset, limit });
}

/** Skips most of an offset in steps. */
async function skipTo(
  projectId: string,
  criteria: Criteria,
  order: SearchOrder,
  { after, offset, limit }: Window,
): Promise<Place[]> {
  let [place, left] = [after, offset];
  while (left > INDEX_STEP) {
    const next = await ahead(projectId, criteria, order, place, INDEX_STEP);
    if (!next) return [];
    [place, left] = [next, left - INDEX_STEP];
  }
  return placesIn(projectId, criteria, order, { after: place }, { offset: left, limit });
}

/** By a prefix alone. */
async function placesOfPrefix(
  projectId: string,
  { identifierPrefix, ...others }: Criteria,
  { by, isDescending }: SearchOrder,
  window: Window,
): Promise<Place[] | null> {
  if (identifierPrefix === undefined || !isEmpty(others) || by !== 'created' || isDescending) return null;
  return placesByPrefix(projectId, identifierPrefix, window);
}

/** All matches, if there are few enough to sort them; else null. */
async function collect(projectId: string, criteria: Criteria, { by }: SearchOrder): Promise<readonly string[] | null> {
  const found = await idsByWords(projectId, criteria, MAX_COLLECTED + 1, MAX_CANDIDATES);
  if (found) return found.length > MAX_COLLECTED ? null : found;
  if (by === 'created') return null;
  // By creation, rows are read sequentially; by name, each is a random read.
  const window = { after: null, offset: 0, limit: MAX_COLLECTED + 1 };
  const places = isSparse(criteria, BY_CREATION)
    ? (await walk(projectId, criteria, BY_CREATION, window, { step: WALK_STEP })).places
    : await page(projectId, criteria, BY_CREATION, window);
  return places.length > MAX_COLLECTED ? null : places.map(({ id }) => id);
}

/** Matches among all identities of the project in order, step by step: the first `offset + limit`, or fewer. */
async function walk(
  projectId: string,
  criteria: Criteria,
  order: SearchOrder,
  { after, offset, limit }: Window,
  { step, maxSteps = Number.POSITIVE_INFINITY }: { step: number; maxSteps?: number },
): Promise<{ places: Place[]; isAtEnd: boolean }> {
  const places: Place[] = [];
  let steps = 0;
  for await (const range of ranges(projectId, {}, order, after, step)) {
    if (steps++ === maxSteps) return { places, isAtEnd: false };
    places.push(...(await placesIn(projectId, criteria, order, range, { limit: offset + limit - places.length })));
    if (places.length >= offset + limit) return { places, isAtEnd: false };
  }
  return { places, isAtEnd: true };
}

/** Partitions a list into contiguous ranges of `step` rows. */
async function* ranges(
  projectId: string,
  criteria: Criteria,
  order: SearchOrder,
  after: Place | null,
  step: number,
): AsyncGenerator<Range> {
  for (let from = after; ; ) {
    const upTo = await ahead(projectId, criteria, order, from, step);
    yield { after: from, upTo };
    if (!upTo) return;
    from = upTo;
  }
}

/** The place `count` rows ahead, or null if fewer remain. */
async function ahead(
  projectId: string,
  criteria: Criteria,
  order: SearchOrder,
  after: Place | null,
  count: number,
): Promise<Place | null> {
  const [place] = await placesIn(projectId, criteria, order, { after }, { offset: count - 1, limit: 1 });
  return place ?? null;
}
