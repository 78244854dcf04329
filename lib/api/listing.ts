import { z } from 'zod';
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
} from './pagination';

/** Lists of rows with ids, a page at a time, with the headers that lead on. */
export type Listing<Item> = { items: Item[]; headers: Record<string, string> };

export type ListPlace = {
  /** The absolute address of the list, without its query. */
  base: string;
  request: Request;
  /** Whose list it is and what it leaves out: a token leads on in this list alone. */
  scope: unknown[];
};

/** For lists that have no number of pages, because counting them would read them all. */
export const keysetQuery = { page_size: pageQuery.page_size, page_token: pageQuery.page_token };

/** `true` or `false`; absent: both. */
export const flagQuery = z
  .array(z.enum(['true', 'false'], 'must be true or false').meta({ type: 'boolean', enum: undefined }))
  .max(1)
  .transform(([value]) => value === 'true')
  .optional();

/**
 * A page of a short list that is at hand as a whole, in either mode. `isBeyond` says whether an item comes after the place of an
 * id, also of one that has gone since.
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

/** A page of a list by its number: `read` returns at most `limit` rows from an offset on, `total` counts all of them. */
export async function pageByNumber<Item>(
  place: ListPlace,
  page: OffsetPage,
  total: number,
  read: (offset: number, limit: number) => Promise<Item[]>,
): Promise<Listing<Item>> {
  return { items: await read(page.page * page.size, page.size), headers: offsetHeaders(place, page, total) };
}

/** A page of a list that is read by keyset: `read` gives the rows after a place, at most as many as asked for. */
export async function pageByKey<Item extends { id: string }>(
  place: ListPlace,
  query: { page_size?: number | undefined; page_token?: string | null | undefined },
  read: (after: string | null, limit: number) => Promise<Item[]>,
): Promise<Listing<Item>> {
  const size = clamp(query.page_size ?? DEFAULT_PAGE_SIZE);
  const after = query.page_token ? openPageToken(query.page_token, scopeOf(place)) : null;
  return keysetListing(place, size, await read(after, size + 1));
}

/** `found` holds one more than the page when there is a next one. */
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
  const kept = new URL(request.url).searchParams;
  for (const name of PAGING) kept.delete(name);
  return kept;
}

function scopeOf({ base, scope }: ListPlace): string {
  return JSON.stringify([base, ...scope]);
}
