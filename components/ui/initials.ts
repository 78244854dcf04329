const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * The first grapheme of the first and the last word: "Żółć 王 👩‍🔬" → "Ż王". Anything but letters and digits counts only
 * if there is nothing else. Empty for an empty name.
 */
export function initials(name: string): string {
  const firsts = name
    .trim()
    .split(/\s+/)
    .map((word) => graphemes.segment(word)[Symbol.iterator]().next().value?.segment ?? '')
    .filter(Boolean);
  const letters = firsts.filter((grapheme) => /^[\p{L}\p{N}]/u.test(grapheme));
  const chosen = letters.length > 0 ? letters : firsts;
  const first = chosen.at(0) ?? '';
  const last = chosen.length > 1 ? (chosen.at(-1) ?? '') : '';
  return `${first}${last}`.toLocaleUpperCase();
}
