import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';

/** The words of a `Pager` through a list in another order. */
export function inOrder(locale: Locale) {
  const t = translator(locale, 'common.pager');
  return { label: t('label'), words: { first: t('first'), previous: t('previous'), next: t('next') } };
}

/** The words of a `Pager` through a list that is ordered by time, newest first. */
export function newestFirst(locale: Locale) {
  const t = translator(locale, 'common.pager');
  return { label: t('label'), words: { first: t('newest'), previous: t('newer'), next: t('older') } };
}
