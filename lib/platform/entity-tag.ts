/** RFC 9110 §8.8.3: entity tags as in `If-Match` and `If-None-Match`; they may contain commas. */
const TAG = /(W\/)?("[\x21\x23-\x7e\x80-\xff]*")/g;

/**
 * Whether a strong tag is in a list of tags, or the list is `*`. Weak tags match in a weak comparison only (§8.8.3.2).
 */
export function etagMatches(etag: string, list: string, { weakly }: { weakly: boolean }): boolean {
  if (list.trim() === '*') return true;
  return [...list.matchAll(TAG)].some(([, weak, tag]) => tag === etag && (weakly || weak === undefined));
}
