/**
 * Whether a text can be stored and returned unchanged: PostgreSQL does not store NUL, and a lone surrogate is not valid
 * UTF-8. The edges check all external input with it.
 */
export function isStorableText(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

/**
 * Characters that render nothing: separators, controls, formats, fillers (Hangul), blanks (Braille, musical), marks
 * without a base.
 */
const INVISIBLE = String.raw`[\p{Z}\p{Cc}\p{Cf}\p{Cs}\p{M}\p{Default_Ignorable_Code_Point}\u2800\u{1d159}]`;
const ONLY_INVISIBLE = new RegExp(`^${INVISIBLE}*$`, 'u');

/** Whether the text renders anything: a name that does not would look empty. */
export function isVisible(text: string): boolean {
  return !ONLY_INVISIBLE.test(text);
}

/**
 * Combining marks allowed on one character, once composed. Scripts need up to six (Hebrew with points and cantillation,
 * Tibetan stacks); more cover the lines above and below.
 */
export const MAX_MARKS = 8;
// An invisible character is not a new base: marks after it stack on the same character.
const IGNORED = String.raw`[\p{Cf}\p{Default_Ignorable_Code_Point}]`;
// The two sets are disjoint, so that matching is linear.
const MARK = String.raw`(?!\p{Default_Ignorable_Code_Point})\p{M}`;
const STACKED_MARKS = new RegExp(`((?:${MARK}${IGNORED}*){${MAX_MARKS}})(?:${MARK}${IGNORED}*)+`, 'gu');

/** Why a name is unreadable, or null. Empty text has no fault. */
export function textFault(text: string): 'invisible' | 'marks' | null {
  if (text !== '' && !isVisible(text)) return 'invisible';
  return text.normalize('NFC').search(STACKED_MARKS) < 0 ? null : 'marks';
}

/** Embeddings, overrides, isolates and their ends (UAX #9 §2). Not marks such as LRM, whose effect is local. */
const DIRECTION = '\u202a-\u202e\u2066-\u2069';
const UNREADABLE = new RegExp(String.raw`[\p{Cc}\p{Cs}\p{Zl}\p{Zp}${DIRECTION}]`, 'u');

/**
 * Why a text cannot be a name, or null: it is invisible, or could look like another name or break out of its line.
 * `isolated` displays names that predate the rule.
 */
export function nameFault(text: string): 'empty' | 'unreadable' | null {
  if (!isVisible(text)) return 'empty';
  return UNREADABLE.test(text) || textFault(text) ? 'unreadable' : null;
}

/** A name to distinguish things by: `fallback` replaces an invisible one that predates the rule. */
export function readableName(name: string, fallback: string): string {
  return isVisible(name) ? name : fallback;
}

/** Hebrew, Arabic and their neighbors (UAX #9: R and AL), and the marks that act like them. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';

/** A text for display: on one line, in logical order, without stacked marks. */
export function toDisplayText(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(new RegExp(`[${DIRECTION}]`, 'gu'), '')
    .normalize('NFC')
    .replace(STACKED_MARKS, '$1');
}

/**
 * External text for a sentence of ours, in HTML, in a plain-text mail or on a terminal: it cannot reorder the words
 * around it, nor they it. Returned without isolates where it needs none: text of the sentence's own direction and, in a
 * right-to-left sentence, single words and numbers.
 */
export function isolated(text: string, direction: 'ltr' | 'rtl' = 'ltr'): string {
  const shown = toDisplayText(text);
  const isSafe = direction === 'ltr' ? !RIGHT_TO_LEFT.test(shown) : /^\w*$/.test(shown);
  return isSafe ? shown : `${FIRST_STRONG_ISOLATE}${shown}${POP_ISOLATE}`;
}

/** Replaces Arabic and Persian digits, which keyboards of these languages type, by Western ones. */
export function toWesternDigits(text: string): string {
  return text.replaceAll(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf));
}

type Place = { parent: Place | null; key: PropertyKey; item: object };

/**
 * The path of keys to a text, value or key, that cannot be stored; null when there is none. Iterative, and each object
 * once, because a server action may receive any depth, and cycles.
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

/** At most `maxLength` UTF-16 units, without splitting a character. */
export function truncateText(text: string, maxLength: number): string {
  return text.slice(0, maxLength).replace(/[\ud800-\udbff]$/, '');
}

/** At most `maxBytes` bytes of UTF-8, without splitting a character. */
export function truncateBytes(text: string, maxBytes: number): string {
  return text.slice(0, new TextEncoder().encodeInto(text, new Uint8Array(maxBytes)).read);
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
