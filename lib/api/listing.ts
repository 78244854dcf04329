import { z } from 'zod';
import { type ApiRequest, queryOf } from '../http/request';
import {
  clamp,
  DEFAULT_PAGE_SIZE,
  linkHeader,
  type OffsetPage,
  offsetLinks,
  openPageToken,
  type Page,
  pageQuery,
  sealPageToken,
  uncountedLinks,
} from './pagination';

const MAX_DERIVED_TOTAL = 10_000;

/** Pages of lists, with their headers. */
export type Listing<Item> = { items: Item[]; headers: Record<string, string> };

export type ListPlace = {
  /** The absolute URL of the list, without query. */
  base: string;
  request: ApiRequest;
  /** Project and filters. A page token is valid for this scope only. */
  scope: unknown[];
};

/** For lists without page numbers: counting them would read every row. */
export const keysetQuery = { page_size: pageQuery.page_size, page_token: pageQuery.page_token };

/** `true` or `false`; absent: both. */
export const flagQuery = z
  .array(z.enum(['true', 'false'], 'must be true or false').meta({ type: 'boolean', enum: undefined }))
  .max(1)
  .transform(([value]) => value === 'true')
  .optional();

/**
 * A page of a short list that is in memory, in either mode. `isBeyond` returns whether an item comes after the position
 * of an ID, which may have been deleted since.
 */
export function pageOfAll<Item extends { id: string }>(
  place: ListPlace,
  page: Page,
  all: Item[],
  isBeyond: (item: Item, id: string) => boolean,
): Listing<Item> {
  if (page.mode === 'offset') {
    const start = page.page * page.size;
    return { items: all.slice(start, start + page.size), headers: offsetHeaders(place, page, all.length) };
  }
  const after = page.token === null ? null : openPageToken(page.token, scopeOf(place));
  const rest = after === null ? all : all.filter((item) => isBeyond(item, after));
  return keysetListing(place, page.size, rest.slice(0, page.size + 1));
}

/**
 * A page by number: `read` returns at most `limit` rows from an offset. `count` counts all rows, or resolves to null if
 * there are too many: then the headers omit total and last page. A page that is not full is the last one and yields the
 * total, up to 10,000.
 */
export async function pageByNumber<Item>(
  place: ListPlace,
  page: OffsetPage,
  count: () => Promise<number | null>,
  read: (offset: number, limit: number) => Promise<Item[]>,
): Promise<Listing<Item>> {
  const offset = page.page * page.size;
  const found = await read(offset, page.size + 1);
  const items = found.slice(0, page.size);
  const isLast = found.length > 0 && found.length <= page.size && offset + found.length <= MAX_DERIVED_TOTAL;
  const total = isLast ? offset + found.length : await count();
  if (total !== null) return { items, headers: offsetHeaders(place, page, total) };
  return {
    items,
    headers: { link: linkHeader(place.base, keptOf(place), uncountedLinks(page, found.length > page.size)) },
  };
}

/** A page by keyset: `read` returns at most `limit` rows after a position. */
export async function pageByKey<Item extends { id: string }>(
  place: ListPlace,
  query: { page_size?: number | undefined; page_token?: string | null | undefined },
  read: (after: string | null, limit: number) => Promise<Item[]>,
): Promise<Listing<Item>> {
  const size = clamp(query.page_size ?? DEFAULT_PAGE_SIZE);
  const after = query.page_token ? openPageToken(query.page_token, scopeOf(place)) : null;
  return keysetListing(place, size, await read(after, size + 1));
}

/** `found` has one row more than the page when there is a next page. */
function keysetListing<Item extends { id: string }>(place: ListPlace, size: number, found: Item[]): Listing<Item> {
  const items = found.slice(0, size);
  const last = items.at(-1);
  const relations: Array<[string, Record<string, string>]> = [['first', { page_size: String(size) }]];
  if (found.length > size && last) {
    const token = sealPageToken(last.id, scopeOf(place));
    relations.push(['next', { page_size: String(size), page_token: token }]);
  }
  return { items, headers: { link: linkHeader(place.base, keptOf(place), relations) } };
}

function offsetHeaders(place: ListPlace, { page, size }: OffsetPage, total: number): Listing<unknown>['headers'] {
  const link = linkHeader(place.base, keptOf(place), offsetLinks(page, size, total));
  return { link, 'x-total-count': String(total) };
}

const PAGING = ['page', 'per_page', 'page_size', 'page_token'];

function keptOf({ request }: ListPlace): URLSearchParams {
  const kept = queryOf(request);
  for (const name of PAGING) kept.delete(name);
  return kept;
}

function scopeOf({ base, scope }: ListPlace): string {
  return JSON.stringify([base, ...scope]);
}
