import { formatDate, formatExact, type Locale } from '@/lib/i18n/model';

/** "3 March 2026", with the exact time in `datetime` and `title`. In UTC, so that it needs no script. */
export function DateText({ value, locale }: { value: Date; locale: Locale }) {
  return (
    <time dateTime={value.toISOString()} title={formatExact(value, locale, 'UTC')}>
      {formatDate(value, locale, 'UTC')}
    </time>
  );
}
