'use client';

import { useEffect, useState } from 'react';
import { formatExact, formatRelative, type Locale } from '@/lib/i18n/model';

type Props = {
  value: Date;
  /** The moment the page was made: server and browser count from it, so that both write the same words first. */
  now: Date;
  locale: Locale;
};

/**
 * "2 hours ago" with the exact time in `datetime` and `title`. The server writes it in UTC; the browser then goes on in
 * the person's own time zone and keeps it fresh.
 */
export function RelativeTime({ value, now, locale }: Props) {
  const [current, setCurrent] = useState<Date | null>(null);
  useEffect(() => {
    const tick = () => setCurrent(new Date());
    tick();
    const timer = setInterval(tick, 60_000);
    return () => clearInterval(timer);
  }, []);
  const timeZone = current ? undefined : 'UTC';
  return (
    <time dateTime={value.toISOString()} title={formatExact(value, locale, timeZone)}>
      {formatRelative(value, current ?? now, locale, timeZone)}
    </time>
  );
}
