/** Languages and their date formats. Pure: runs in the browser, on the server and in tests. */
export const LOCALES = ['en', 'de', 'fr', 'es', 'ar'] as const;
export type Locale = (typeof LOCALES)[number];

/** The languages of the console and the API reference. A person's own pages and mails exist in all languages. */
export const CONSOLE_LOCALES = ['en', 'de'] as const satisfies Locale[];

/** Whether only `CONSOLE_LOCALES` exist at this path. */
export function isConsolePath(path: string): boolean {
  return /^\/(console|docs)(?![\w.-])/.test(path);
}

export const DEFAULT_LOCALE: Locale = 'en';

/** Each language's own name, for the language menu. */
export const LOCALE_NAMES: Record<Locale, string> = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  ar: 'العربية',
};

export type Direction = 'ltr' | 'rtl';

/** The direction of a language's script, for `dir`. */
export function directionOf(locale: Locale): Direction {
  return locale === 'ar' ? 'rtl' : 'ltr';
}

/**
 * The tags for `Intl`: plain `en` would format dates the American way. Arabic uses Western digits, because codes, IP
 * addresses and the keyboard's digits are Western too.
 */
const INTL_TAGS = {
  en: 'en-GB',
  de: 'de-DE',
  fr: 'fr-FR',
  es: 'es-ES',
  ar: 'ar-u-nu-latn',
} as const satisfies Record<Locale, string>;
export type IntlTag = (typeof INTL_TAGS)[Locale];

export function toIntlTag(locale: Locale): IntlTag {
  return INTL_TAGS[locale];
}

export function isLocale(value: unknown): value is Locale {
  return LOCALES.some((locale) => locale === value);
}

/** The first supported language among the candidates, in order of preference; otherwise English. */
export function firstLocale(...candidates: unknown[]): Locale {
  return candidates.find(isLocale) ?? DEFAULT_LOCALE;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * "2 hours ago" within 30 days, otherwise the date: "3 March 2026". Under a minute: "now". `timeZone` is an IANA name;
 * default: the runtime's own.
 */
export function formatRelative(value: Date, now: Date, locale: Locale, timeZone?: string): string {
  const seconds = Math.round((value.getTime() - now.getTime()) / 1000);
  const distance = Math.abs(seconds);
  if (distance > 30 * DAY) return formatDate(value, locale, timeZone);
  const relative = relativeFormat(locale);
  if (distance < MINUTE) return relative.format(0, 'second');
  if (distance < HOUR) return relative.format(Math.trunc(seconds / MINUTE), 'minute');
  if (distance < DAY) return relative.format(Math.trunc(seconds / HOUR), 'hour');
  return relative.format(Math.trunc(seconds / DAY), 'day');
}

/** "3 March 2026" */
export function formatDate(value: Date, locale: Locale, timeZone?: string): string {
  return dateFormat(locale, timeZone).format(value);
}

/** "3 Mar": for days of this month and the next. */
export function formatDay(value: Date, locale: Locale, timeZone?: string): string {
  return dayFormat(locale, timeZone).format(value);
}

/** "3 March 2026, 14:05 UTC": to the minute, with the zone. */
export function formatExact(value: Date, locale: Locale, timeZone?: string): string {
  return exactFormat(locale, timeZone).format(value);
}

/** Such as "a, b, and c". */
export function formatList(items: string[], locale: Locale): string {
  return listFormat(locale).format(items);
}

/** "1,204" */
export function formatNumber(value: number, locale: Locale): string {
  return numberFormat(locale).format(value);
}

/** A size as "1 GB", in units of 1024 as file managers count. */
export function formatBytes(bytes: number, locale: Locale): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  const at = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), units.length - 1);
  return byteFormat(locale, units[at]).format(bytes / 1024 ** at);
}

/** A share of 1 as "64.2%". Never rounded up: 100% means all. */
export function formatShare(share: number, locale: Locale): string {
  return shareFormat(locale).format(Math.floor(share * 1000) / 1000);
}

/** "155 byte" would be the short form. */
const byteFormat = createdOnce(
  (tag, unit) =>
    new Intl.NumberFormat(tag, {
      ...{ style: 'unit', unit, maximumFractionDigits: 1 },
      unitDisplay: unit === 'byte' ? 'long' : 'short',
    }),
);
const relativeFormat = createdOnce((tag) => new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }));
const dateFormat = createdOnce((tag, timeZone) => new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone }));
const dayFormat = createdOnce(
  (tag, timeZone) => new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', timeZone }),
);
const exactFormat = createdOnce((tag, timeZone) => {
  const day = { day: 'numeric', month: 'long', year: 'numeric' } as const;
  const time = { hour: '2-digit', minute: '2-digit', timeZoneName: 'short', timeZone } as const;
  return new Intl.DateTimeFormat(tag, { ...day, ...time });
});
const listFormat = createdOnce((tag) => new Intl.ListFormat(tag, { type: 'conjunction' }));
const numberFormat = createdOnce((tag) => new Intl.NumberFormat(tag));
const shareFormat = createdOnce((tag) => new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 1 }));

/** Creating a formatter takes longer than rendering a row. Callers pass few time zones, never one from a request. */
function createdOnce<Format>(create: (tag: IntlTag, timeZone?: string) => Format) {
  const created = new Map<string, Format>();
  return (locale: Locale, timeZone?: string): Format => {
    const key = `${locale} ${timeZone}`;
    const format = created.get(key) ?? create(toIntlTag(locale), timeZone);
    created.set(key, format);
    return format;
  };
}

/** The language chosen in this browser. It is also stored with the identity; the theme is not. */
export const LOCALE_COOKIE = 'signet_locale';
/** The language that an application asks for, for the pages of one sign-in. */
export const ASKED_LOCALE_COOKIE = 'signet_asked_locale';
