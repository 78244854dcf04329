/**
 * The text of a DateTime: `2026-01-31T12:00:00.000+00:00` on SQLite, where Prisma stores it; `2026-01-31 12:00:00.5` on
 * PostgreSQL, with a `T` inside JSON. Always UTC, always with seconds.
 */
const SECONDS_END = 19;

/** The original: Next replaces it by a slower one when it loads, for the benefit of prerendered pages. */
const PlainDate = Date;

/** Parses the text of either database. */
export function toDate(text: string | Date): Date {
  return typeof text === 'string' ? new PlainDate(toDateText(text)) : text;
}

/** In the format of `Date.toJSON`. */
export function toDateText(text: string): string {
  if (text.length === 29 && text[10] === 'T') return `${text.slice(0, 23)}Z`;
  const millis = text[SECONDS_END] === '.' ? /^\d{1,3}/.exec(text.slice(SECONDS_END + 1))?.[0] : undefined;
  return `${text.slice(0, 10)}T${text.slice(11, SECONDS_END)}.${(millis ?? '').padEnd(3, '0')}Z`;
}
