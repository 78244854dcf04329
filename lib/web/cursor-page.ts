import { isUuid } from '@/lib/platform/ids';

/** The search parameters that Next passes to a page. */
export type Search = Record<string, string | string[] | undefined>;

/** Rows, newest first; `newer` and `older` are the cursors of the neighboring pages, or null. */
export type CursorPage<Item> = { items: Item[]; newer: string | null; older: string | null };

type Read<Item> = (at: { before?: string | undefined; after?: string | undefined; limit: number }) => Promise<Item[]>;

/**
 * The rows on the page that `after` or `before` in the URL names; otherwise the newest. Reads one row more than shown,
 * to know whether another page follows. An invalid cursor means the newest.
 */
export async function readCursorPage<Item extends { id: string }>(
  search: Search,
  size: number,
  read: Read<Item>,
): Promise<CursorPage<Item>> {
  const idOf = (item: Item | undefined) => item?.id ?? null;
  const after = cursor(search.after);
  const newer = after ? await read({ after, limit: size + 1 }) : [];
  if (newer.length > 0) {
    const items = newer.slice(-size);
    return { items, newer: newer.length > size ? idOf(items[0]) : null, older: idOf(items.at(-1)) };
  }
  const before = cursor(search.before);
  const found = await read({ before, limit: size + 1 });
  const items = found.slice(0, size);
  return { items, newer: before ? idOf(items[0]) : null, older: found.length > size ? idOf(items.at(-1)) : null };
}

function cursor(value: Search[string]): string | undefined {
  return typeof value === 'string' && isUuid(value) ? value : undefined;
}
