import { AppError } from '@/lib/platform/errors';
import { MAX_JSON_DEPTH } from '@/lib/platform/json';
import { isStorableText } from '@/lib/platform/text';

/**
 * Parses JSON from programs: RFC 8259, and refuses what I-JSON (RFC 7493 §2) forbids instead of guessing: duplicate
 * keys, lone surrogates and numbers beyond an IEEE 754 double. Also refuses `__proto__` as a key, NUL in a string, and
 * nesting deeper than 64. A leading byte order mark is ignored (RFC 8259 §8.1). Throws `invalid_input` with a reason.
 */
export function parseJson(marked: string): unknown {
  const text = marked.replace(/^\uFEFF/, '');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw refuse('The body is not valid JSON', cause);
  }
  inspect(text);
  return value;
}

/** Scans the text, known to be valid JSON, once and iteratively. */
function inspect(text: string): void {
  const open: Array<Set<string> | null> = []; // the keys of each open object; null for an array
  let expectsKey = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '"') {
      const end = endOfString(text, at);
      const content: string = JSON.parse(text.slice(at, end + 1));
      if (!isStorableText(content)) throw refuse('A string contains NUL or an unpaired surrogate');
      const keys = open.at(-1);
      if (expectsKey && keys) checkKey(content, keys);
      expectsKey = false;
      at = end;
    } else if (char === '{' || char === '[') {
      open.push(char === '{' ? new Set() : null);
      expectsKey = char === '{';
      if (open.length > MAX_JSON_DEPTH) throw refuse(`The body is nested deeper than ${MAX_JSON_DEPTH} levels`);
    } else if (char === '}' || char === ']') {
      open.pop();
      expectsKey = false;
    } else if (char === '-' || (char !== undefined && char >= '0' && char <= '9')) {
      at += checkNumber(text, at) - 1;
    } else if (char === ',') {
      expectsKey = open.at(-1) instanceof Set;
    }
  }
}

/** Refuses a number that JavaScript would change (RFC 7493 §2.2). Returns its length. */
function checkNumber(text: string, start: number): number {
  NUMBER.lastIndex = start;
  const [number = ''] = NUMBER.exec(text) ?? [];
  const isExact = /^-?\d+$/.test(number) ? Number.isSafeInteger(Number(number)) : Number.isFinite(Number(number));
  if (!isExact) throw refuse(`The number ${number.slice(0, 40)} cannot be represented exactly; send it as a string`);
  return number.length;
}

const NUMBER = /-?[\d.eE+-]+/y;

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}

function checkKey(key: string, keys: Set<string>): void {
  if (key === '__proto__') throw refuse('The key "__proto__" is not allowed');
  if (keys.has(key)) throw refuse(`The key "${key}" is repeated in one object`);
  keys.add(key);
}

function refuse(reason: string, cause?: unknown): AppError {
  return new AppError('invalid_input', { reason, cause });
}
