/**
 * Whether a text can be stored and answered as it is: PostgreSQL keeps no NUL, and half of a surrogate pair is no UTF-8. The
 * edges ask it of everything that comes from outside.
 */
export function isStorableText(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

/** What shows nothing: separators, controls, formats, fillers (Hangul), blanks (Braille, musical), marks without a base. */
const INVISIBLE = String.raw`[\p{Z}\p{Cc}\p{Cf}\p{Cs}\p{M}\p{Default_Ignorable_Code_Point}\u2800\u{1d159}]`;
const ONLY_INVISIBLE = new RegExp(`^${INVISIBLE}*$`, 'u');

/** Whether there is something to see: a name without that would be an empty one that looks like none. */
export function isVisible(text: string): boolean {
  return !ONLY_INVISIBLE.test(text);
}

/**
 * Combining marks that one character may carry, once composed. Scripts need up to six (Hebrew with points and cantillation,
 * Tibetan stacks); more cover the lines above and below.
 */
export const MAX_MARKS = 8;
// What is not shown does not make a new base: marks after it pile up on the same character.
const IGNORED = String.raw`[\p{Cf}\p{Default_Ignorable_Code_Point}]`;
// No character is in both, so that a long text is gone through once.
const MARK = String.raw`(?!\p{Default_Ignorable_Code_Point})\p{M}`;
const PILE = new RegExp(`((?:${MARK}${IGNORED}*){${MAX_MARKS}})(?:${MARK}${IGNORED}*)+`, 'gu');

/** Why a name cannot be read, or null. The empty text has no fault. */
export function textFault(text: string): 'invisible' | 'marks' | null {
  if (text !== '' && !isVisible(text)) return 'invisible';
  return text.normalize('NFC').search(PILE) < 0 ? null : 'marks';
}

/** Embeddings, overrides, isolates and their ends (UAX #9 §2). Marks such as LRM are not among them: they reach no further. */
const DIRECTION = '\u202a-\u202e\u2066-\u2069';
const UNREADABLE = new RegExp(String.raw`[\p{Cc}\p{Cs}\p{Zl}\p{Zp}${DIRECTION}]`, 'u');

/**
 * What keeps a text from being the name of something, or null: nothing to see, or what would make one name look like another
 * or leave its line. `isolated` shows names from before there was a rule.
 */
export function nameFault(text: string): 'empty' | 'unreadable' | null {
  if (!isVisible(text)) return 'empty';
  return UNREADABLE.test(text) || textFault(text) ? 'unreadable' : null;
}

/** A name to tell one thing from another by: what shows nothing, from before there was a rule, gives way to `fallback`. */
export function readableName(name: string, fallback: string): string {
  return isVisible(name) ? name : fallback;
}

/** Hebrew, Arabic and their neighbours (UAX #9: R and AL), and the marks that stand for them. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';

/** A text as it is shown: on one line, in the order of its letters, with marks that do not pile up. */
export function calm(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(new RegExp(`[${DIRECTION}]`, 'gu'), '')
    .normalize('NFC')
    .replace(PILE, '$1');
}

/**
 * A text from outside, to be put into a sentence of ours, in HTML, in a plain mail or on a terminal: whatever is in it, the words
 * around it keep their places. What turns nothing comes out as it is shown anyway.
 */
export function isolated(text: string): string {
  const shown = calm(text);
  return RIGHT_TO_LEFT.test(shown) ? `${FIRST_STRONG_ISOLATE}${shown}${POP_ISOLATE}` : shown;
}

type Place = { parent: Place | null; key: PropertyKey; item: object };

/**
 * Where in a value from outside a text that cannot be stored stands, a value or a name: the keys that lead to it, or null.
 * Without recursion and each object once, as a server action may be sent any depth, and circles.
 */
export function findUnstorableText(value: unknown): PropertyKey[] | null {
  if (isUnstorable(value)) return [];
  if (!isObject(value)) return null;
  const seen = new Set<object>([value]);
  const open: Place[] = [{ parent: null, key: '', item: value }];
  for (let place = open.pop(); place; place = open.pop()) {
    for (const [key, child] of entriesOf(place.item)) {
      if ([key, child].some(isUnstorable)) return [...keysTo(place), key];
      if (!isObject(child) || seen.has(child)) continue;
      seen.add(child);
      open.push({ parent: place, key, item: child });
    }
  }
  return null;
}

/** At most so many UTF-16 units, without cutting a character in two. */
export function truncateText(text: string, most: number): string {
  return text.slice(0, most).replace(/[\ud800-\udbff]$/, '');
}

/** At most so many bytes of UTF-8, without cutting a character in two. */
export function truncateBytes(text: string, most: number): string {
  return text.slice(0, new TextEncoder().encodeInto(text, new Uint8Array(most)).read);
}

function isUnstorable(value: unknown): boolean {
  return typeof value === 'string' && !isStorableText(value);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function entriesOf(item: object): Iterable<[string | number, unknown]> {
  if (Array.isArray(item)) return item.entries();
  return ArrayBuffer.isView(item) ? [] : Object.entries(item);
}

function keysTo(place: Place): PropertyKey[] {
  const keys: PropertyKey[] = [];
  for (let at = place; at.parent; at = at.parent) keys.push(at.key);
  return keys.reverse();
}
