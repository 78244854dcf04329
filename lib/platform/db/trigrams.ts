/** Enough to be selective; a search compares the whole word afterwards. */
const MAX_TRIGRAMS = 24;
const LENGTH = 3;
const FIRST_PRIVATE_USE = 0xe000;
const HEXADECIMAL = '0123456789abcdef';

/**
 * The FTS5 query for the rows of a project whose search text may contain these words; null if no word has three
 * characters. The index has no positions, so the query names each trigram of a word. PostgreSQL extracts trigrams from
 * LIKE itself.
 */
export function trigramQuery(projectId: string, words: readonly string[]): string | null {
  const trigrams = new Set(words.flatMap(trigramsOf));
  if (trigrams.size === 0) return null;
  return [tokenOf(projectId), ...[...trigrams].slice(0, MAX_TRIGRAMS)]
    .map((trigram) => `"${trigram.replaceAll('"', '""')}"`)
    .join(' AND ');
}

function trigramsOf(word: string): string[] {
  const characters = [...word];
  return characters.slice(LENGTH - 1).map((_, at) => characters.slice(at, at + LENGTH).join(''));
}

/**
 * The trigram at the start of every text of a project, as in the migration search_and_counts. Projects that share one
 * compare some rows of each other in vain.
 */
function tokenOf(projectId: string): string {
  return [27, 30, 33].map((from) => String.fromCodePoint(FIRST_PRIVATE_USE + valueAt(projectId, from))).join('');
}

function valueAt(id: string, from: number): number {
  const [high, middle, low] = [0, 1, 2].map((at) => HEXADECIMAL.indexOf(id.charAt(from + at)) + 1);
  return 256 * (high ?? 0) + 16 * (middle ?? 0) + (low ?? 0);
}
