import type { Identity, StateFilter } from '../model';
import { searchWords } from '../model/search';
import * as rows from '../repository';

export type IdentitySearch = {
  /** As typed: each word must occur in identifiers, traits or external ID. */
  words?: string;
  state?: StateFilter | undefined;
  schemaId?: string | undefined;
  passkeys?: rows.PasskeyFilter | undefined;
};

export type IdentityOrder = { sort: 'created' | 'name' | 'signedIn'; direction: 'ascending' | 'descending' };

/** A page of a list: at one end, or next to a person, who may have been deleted. */
export type IdentityCursor = { edge: 'first' | 'last'; place: null } | { edge: 'after' | 'before'; place: rows.Place };

export type IdentityPage = {
  identities: Identity[];
  /** Null at the beginning or end of the list. */
  previous: IdentityCursor | null;
  next: IdentityCursor | null;
};

/**
 * Finds people page by page, in both directions, equally fast on every page. Pages start at a person, not at an offset,
 * so that insertions and deletions do not shift them.
 */
export async function searchIdentities(
  projectId: string,
  {
    sort,
    direction,
    cursor,
    limit,
    ...wanted
  }: IdentitySearch & IdentityOrder & { cursor: IdentityCursor; limit: number },
): Promise<IdentityPage> {
  const isBackward = cursor.edge === 'last' || cursor.edge === 'before';
  const order = { by: sort, isDescending: (direction === 'descending') !== isBackward };
  const found = await rows.findPlaces(projectId, toFilter(wanted), order, {
    after: cursor.place,
    offset: 0,
    limit: limit + 1,
  });
  const hasMore = found.length > limit;
  const places = found.slice(0, limit);
  if (isBackward) places.reverse();
  const first = places.at(0);
  const last = places.at(-1);
  // The side it was reached from is not empty: the page starts beyond a person there.
  const [hasPrevious, hasNext] = isBackward ? [hasMore, cursor.place !== null] : [cursor.place !== null, hasMore];
  return {
    identities: await listInOrder(projectId, places),
    previous: hasPrevious && first ? { edge: 'before', place: first } : null,
    next: hasNext && last ? { edge: 'after', place: last } : null,
  };
}

/** Counting stops here: each further match would have to be read. */
const MAX_COUNTED = 10_000;

/** The total number of matches; exact unless `isMore`. */
export async function countMatches(projectId: string, wanted: IdentitySearch): Promise<MatchCount> {
  return countFiltered(projectId, toFilter(wanted));
}

/**
 * The IDs of the matches after an ID, in ID order; with `ids`, those of them that exist and match. In pages, a list is
 * complete even if pages before are changed.
 */
export async function listMatchingIds(
  projectId: string,
  { ids, ...wanted }: IdentitySearch & { ids?: string[] },
  after: string | null,
  limit: number,
): Promise<string[]> {
  const filter = { ...toFilter(wanted), ...(ids && { ids }) };
  const order = { by: 'created', isDescending: false } as const;
  const place = after === null ? null : { id: after };
  return (await rows.findPlaces(projectId, filter, order, { after: place, offset: 0, limit })).map(({ id }) => id);
}

export type MatchCount = { count: number; isMore: boolean };

/** As `countMatches`; without filters always exact. */
export async function countFiltered(projectId: string, filter: rows.IdentityFilter): Promise<MatchCount> {
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  const count = await rows.countIdentities(projectId, filter, isFiltered ? MAX_COUNTED + 1 : undefined);
  return isFiltered && count > MAX_COUNTED ? { count: MAX_COUNTED, isMore: true } : { count, isMore: false };
}

function toFilter({ words = '', state, schemaId, passkeys }: IdentitySearch): rows.IdentityFilter {
  return {
    words: searchWords(words),
    ...(state && { state }),
    ...(schemaId !== undefined && { schemaId }),
    ...(passkeys && { passkeys }),
  };
}

async function listInOrder(projectId: string, places: rows.Place[]): Promise<Identity[]> {
  if (places.length === 0) return [];
  const ids = places.map(({ id }) => id);
  const found = new Map((await rows.listAfter(projectId, { ids }, null, ids.length)).map((one) => [one.id, one]));
  return ids.flatMap((id) => found.get(id) ?? []);
}
