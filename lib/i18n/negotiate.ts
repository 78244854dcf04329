import Negotiator from 'negotiator';
import { DEFAULT_LOCALE, LOCALES, type Locale } from './model';

/**
 * The language: the choice made in this browser, else the one stored with the identity, else the first one of the
 * browser's languages (RFC 9110 §12.5.4), else English. Only those in `offered` count.
 */
export function negotiate(
  acceptLanguage: string | null | undefined,
  cookie: string | null | undefined,
  identityLocale?: string | null,
  offered: readonly Locale[] = LOCALES,
): Locale {
  const isOffered = (value: unknown): value is Locale => offered.some((locale) => locale === value);
  return [cookie, identityLocale, ...fromAcceptLanguage(acceptLanguage ?? '')].find(isOffered) ?? DEFAULT_LOCALE;
}

/** A browser sends about ten. Parsing a header of the maximum size would block the event loop for a tenth of a second. */
const MAX_RANGES = 50;

/** `de-AT` is served as `de`: a language range matches by its primary subtag (RFC 4647 §3.4, lookup). */
function fromAcceptLanguage(header: string): (string | undefined)[] {
  const bounded = header.split(',', MAX_RANGES).join(',');
  const ranges = new Negotiator({ headers: { 'accept-language': bounded } }).languages();
  return ranges.map((range) => (range === '*' ? DEFAULT_LOCALE : range.split('-')[0]?.toLowerCase()));
}
