/** 144 bits, ending in a letter or digit: mail programs exclude a trailing `-` or `_` from a link. */
export const LINK_TOKEN = /^[A-Za-z0-9_-]{23}[A-Za-z0-9]$/;

/** The token of the link that opened the page, from the query parsed by Next, or null. */
export function linkTokenOf(query: Record<string, string | string[] | undefined>): string | null {
  return Object.keys(query).find((name) => LINK_TOKEN.test(name)) ?? null;
}
