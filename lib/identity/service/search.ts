import type { Identity, IdentityState } from '../model';
import { searchWords } from '../model/search';
import * as rows from '../repository';

export type IdentitySearch = {
  /** As typed: each word is to be found somewhere in identifiers, traits or external id. */
  words?: string;
  state?: IdentityState | undefined;
  schemaId?: string | undefined;
};

export type IdentityOrder = { sort: 'created' | 'name'; direction: 'ascending' | 'descending' };

/** A page of a list: at one of its ends, or next to somebody (who may be gone meanwhile). */
export type IdentityCursor =
  | { edge: 'first' | 'last'; place: null }
  | { edge: 'after' | 'before'; place: { id: string; sortName?: string } };

export type FoundPage = {
  identities: Identity[];
  /** Null where the list begins or ends. */
  previous: IdentityCursor | null;
  next: IdentityCursor | null;
};

/**
 * Finds people, a page at a time, forwards and backwards, as fast on the last page as on the first. Each page starts at a
 * person, not at a number, so that whoever comes or goes meanwhile shifts nothing.
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
): Promise<FoundPage> {
  const isBackward = cursor.edge === 'last' || cursor.edge === 'before';
  const order = { by: sort, isDescending: (direction === 'descending') !== isBackward };
  const found = await rows.search(projectId, toFilter(wanted), order, cursor.place, limit + 1);
  const hasMore = found.length > limit;
  const places = found.slice(0, limit);
  if (isBackward) places.reverse();
  const first = places.at(0);
  const last = places.at(-1);
  // On the side one comes from there is somebody: whom the page begins beyond.
  const [hasPrevious, hasNext] = isBackward ? [hasMore, cursor.place !== null] : [cursor.place !== null, hasMore];
  return {
    identities: await listInOrder(projectId, places),
    previous: hasPrevious && first ? { edge: 'before', place: first } : null,
    next: hasNext && last ? { edge: 'after', place: last } : null,
  };
}

/** Beyond so many it is only said that there are more, as every further one would have to be looked at. */
const MAX_COUNTED = 10_000;

/** How many a search finds in all; exact unless `isMore`. */
export async function countFound(
  projectId: string,
  wanted: IdentitySearch,
): Promise<{ count: number; isMore: boolean }> {
  const count = await rows.countUpTo(projectId, toFilter(wanted), MAX_COUNTED + 1);
  return { count: Math.min(count, MAX_COUNTED), isMore: count > MAX_COUNTED };
}

function toFilter({ words = '', state, schemaId }: IdentitySearch): rows.SearchFilter {
  return { words: searchWords(words), ...(state && { state }), ...(schemaId !== undefined && { schemaId }) };
}

async function listInOrder(projectId: string, places: rows.Place[]): Promise<Identity[]> {
  if (places.length === 0) return [];
  const ids = places.map(({ id }) => id);
  const found = new Map((await rows.listAfter(projectId, { ids }, null, ids.length)).map((one) => [one.id, one]));
  return ids.flatMap((id) => found.get(id) ?? []);
}
