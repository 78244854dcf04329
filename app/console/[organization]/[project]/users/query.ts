import { openPageToken, sealPageToken } from '@/lib/api/pagination';
import { STATE_FILTERS, type StateFilter } from '@/lib/identity/model';
import type { IdentityCursor, IdentityOrder } from '@/lib/identity/service';
import { isAppError } from '@/lib/platform/errors';

/** The list's query from the URL. Unknown values are ignored, so that any URL shows a list. */
export type UserQuery = IdentityOrder & {
  q: string;
  state: StateFilter | '';
  /** A schema id, or '' for any. */
  schema: string;
  passkeys: 'none' | 'one_device' | '';
};

export type SearchParams = Record<string, string | string[] | undefined>;

const MAX_SEARCH_LENGTH = 300;
export const PASSKEYS = ['none', 'one_device'] as const;
const NEWEST_FIRST: IdentityOrder = { sort: 'created', direction: 'descending' };

export function readQuery(params: SearchParams, schemaIds: string[]): UserQuery {
  const text = (name: string) => {
    const value = params[name];
    return typeof value === 'string' ? value.trim() : '';
  };
  return {
    q: text('q').slice(0, MAX_SEARCH_LENGTH),
    state: STATE_FILTERS.find((one) => one === text('state')) ?? '',
    schema: schemaIds.find((id) => id === text('schema')) ?? '',
    passkeys: PASSKEYS.find((one) => one === text('passkeys')) ?? '',
    ...readOrder(text('sort')),
  };
}

export function isFiltered({ q, state, schema, passkeys }: UserQuery): boolean {
  return [q, state, schema, passkeys].some((value) => value !== '');
}

/** The list's path with its sort order, without filters. */
export function orderHref(base: string, { sort, direction }: IdentityOrder): string {
  return sort === NEWEST_FIRST.sort && direction === NEWEST_FIRST.direction
    ? base
    : `${base}?sort=${direction === 'descending' ? '-' : ''}${sort}`;
}

/** The full URL of a list; with `at`, of one of its pages. `scope` comes from `placeScope`. */
export function listHref(base: string, query: UserQuery, at?: { cursor: IdentityCursor; scope: string }): string {
  const { q, state, schema, passkeys } = query;
  const [path, order] = orderHref(base, query).split('?');
  const search = new URLSearchParams(order);
  for (const [name, value] of Object.entries({ q, state, schema, passkeys })) if (value !== '') search.set(name, value);
  if (at?.cursor.edge === 'last') search.set('page', 'last');
  else if (at?.cursor.place) search.set(at.cursor.edge, sealPageToken(JSON.stringify(at.cursor.place), at.scope));
  return search.size === 0 ? base : `${path}?${search}`;
}

/**
 * Where the page begins, from the URL. A cursor is authenticated together with its list: forged, or from another
 * project or sort order, it means the first page.
 */
export function readCursor(params: SearchParams, scope: string): IdentityCursor {
  if (params.page === 'last') return { edge: 'last', place: null };
  for (const edge of ['after', 'before'] as const) {
    const place = openPlace(params[edge], scope);
    if (place) return { edge, place };
  }
  return { edge: 'first', place: null };
}

type Place = NonNullable<IdentityCursor['place']>;

function openPlace(token: SearchParams[string], scope: string): Place | null {
  if (typeof token !== 'string') return null;
  try {
    return JSON.parse(openPageToken(token, scope));
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
}

/**
 * The scope of a cursor: filters may differ, since it is a position among all users of the project; the sort order may
 * not.
 */
export function placeScope({ sort, direction }: IdentityOrder, projectId: string): string {
  return JSON.stringify(['users', projectId, sort, direction]);
}

const SORTS = ['created', 'name', 'signedIn'] as const;

function readOrder(text: string): IdentityOrder {
  const sort = text.replace(/^-/, '');
  const by = SORTS.find((one) => one === sort);
  if (by === undefined) return NEWEST_FIRST;
  return { sort: by, direction: text.startsWith('-') ? 'descending' : 'ascending' };
}
