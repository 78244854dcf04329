import { formatNumber, type Locale } from '@/lib/i18n/model';

/** A number of a description list; zero only where it says something. */
export function numberRow(term: string, count: number, locale: Locale, isAlways = false) {
  return count === 0 && !isAlways ? [] : [{ term, text: formatNumber(count, locale) }];
}
