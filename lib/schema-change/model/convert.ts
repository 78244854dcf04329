import type { Json } from '@/lib/platform/json';

/** `first`: of a list, its first item. `joined`: of a list, its items as one text. */
export const CONVERSIONS = ['number', 'integer', 'boolean', 'date', 'text', 'list', 'first', 'joined'] as const;
export type Conversion = (typeof CONVERSIONS)[number];

const DEFAULT_SEPARATOR = ', ';

/** What becomes of a value: undefined removes it; a fault keeps it. */
export type Outcome = { value: Json | undefined } | { fault: string };

/** Nothing is guessed: what has no certain meaning in the new type stays, with a reason. Null stays null. */
export function convert(value: Json, to: Conversion, separator = DEFAULT_SEPARATOR): Outcome {
  if (value === null) return { value };
  return CONVERTERS[to](value, separator);
}

const CONVERTERS: Record<Conversion, (value: Json, separator: string) => Outcome> = {
  number: (value) => toNumber(value, 'cannot be converted to a number', Number.isFinite),
  integer: (value) => toNumber(value, 'cannot be converted to an integer', Number.isSafeInteger),
  boolean: toBoolean,
  date: toDate,
  text: toText,
  list: (value) => ({ value: Array.isArray(value) ? value : [value] }),
  first: (value) => ({ value: Array.isArray(value) ? value[0] : value }),
  joined: toJoined,
};

/** As JSON writes numbers, also with a plus sign or without the leading zero. */
const NUMBER = /^[+-]?(\d+(\.\d+)?|\.\d+)(e[+-]?\d+)?$/i;

function toNumber(value: Json, fault: string, isFit: (number: number) => boolean): Outcome {
  const text = typeof value === 'string' ? value.trim() : null;
  const number = text !== null && NUMBER.test(text) ? Number(text) : value;
  return typeof number === 'number' && isFit(number) ? { value: number } : { fault };
}

const BOOLEANS = new Map<Json, boolean>([
  ...(['true', 'yes', '1', 1, true] as const).map((word) => [word, true] as const),
  ...(['false', 'no', '0', 0, false] as const).map((word) => [word, false] as const),
]);

function toBoolean(value: Json): Outcome {
  const found = BOOLEANS.get(typeof value === 'string' ? value.trim().toLowerCase() : value);
  return found === undefined ? { fault: 'cannot be converted to true or false' } : { value: found };
}

/** ISO 8601 dates, the date of a time, and dates with dots, whose order is unambiguous. */
const DATES = [
  /^(?<year>\d{4})[-/](?<month>\d{2})[-/](?<day>\d{2})$/,
  /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/i,
  /^(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})$/,
];

function toDate(value: Json): Outcome {
  const text = typeof value === 'string' ? value.trim() : '';
  const parts = DATES.map((form) => form.exec(text)?.groups).find((groups) => groups !== undefined);
  const { year = '', month = '', day = '' } = parts ?? {};
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const time = new Date(`${date}T00:00:00Z`);
  const isReal = parts !== undefined && !Number.isNaN(time.getTime()) && time.toISOString().startsWith(date);
  return isReal ? { value: date } : { fault: 'cannot be converted to a date' };
}

function toText(value: Json): Outcome {
  const isScalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isScalar ? { value: String(value) } : { fault: 'cannot be converted to text' };
}

/** An empty list has no text. */
function toJoined(value: Json, separator: string): Outcome {
  if (!Array.isArray(value)) return toText(value);
  const texts = value.map(toText).map((outcome) => ('value' in outcome ? String(outcome.value) : null));
  if (texts.includes(null)) return { fault: 'has items that cannot be converted to text' };
  return { value: texts.length === 0 ? undefined : texts.join(separator) };
}
