import Negotiator from 'negotiator';
import { DEFAULT_LOCALE, firstLocale, isLocale, type Locale } from './model';

/**
 * The language to speak: what the person chose in this browser, else what they chose on another one (kept with their
 * identity), else the first of the browser's languages that we have (RFC 9110 §12.5.4), else English.
 */
export function negotiate(
  acceptLanguage: string | null | undefined,
  cookie: string | null | undefined,
  identityLocale?: string | null,
): Locale {
  return firstLocale(cookie, identityLocale, fromAcceptLanguage(acceptLanguage ?? ''));
}

/** `de-AT` is served as `de`: a language range matches by its primary subtag (RFC 4647 §3.4, lookup). */
function fromAcceptLanguage(header: string): Locale | undefined {
  const ranges = new Negotiator({ headers: { 'accept-language': header } }).languages();
  const languages = ranges.map((range) => (range === '*' ? DEFAULT_LOCALE : range.split('-')[0]?.toLowerCase()));
  return languages.find(isLocale);
}
