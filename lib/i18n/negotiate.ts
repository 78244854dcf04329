import Negotiator from 'negotiator';
import { DEFAULT_LOCALE, firstLocale, isLocale, type Locale } from './model';

/**
 * The language: the choice made in this browser, else the one stored with the identity, else the first supported one of
 * the browser's languages (RFC 9110 §12.5.4), else English.
 */
export function negotiate(
  acceptLanguage: string | null | undefined,
  cookie: string | null | undefined,
  identityLocale?: string | null,
): Locale {
  return firstLocale(cookie, identityLocale, fromAcceptLanguage(acceptLanguage ?? ''));
}

/** A browser sends about ten. Parsing a header of the maximum size would block the event loop for a tenth of a second. */
const MAX_RANGES = 50;

/** `de-AT` is served as `de`: a language range matches by its primary subtag (RFC 4647 §3.4, lookup). */
function fromAcceptLanguage(header: string): Locale | undefined {
  const bounded = header.split(',', MAX_RANGES).join(',');
  const ranges = new Negotiator({ headers: { 'accept-language': bounded } }).languages();
  const languages = ranges.map((range) => (range === '*' ? DEFAULT_LOCALE : range.split('-')[0]?.toLowerCase()));
  return languages.find(isLocale);
}
