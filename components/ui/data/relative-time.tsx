'use client';

import { useEffect, useState } from 'react';
import { formatExact, formatRelative, type Locale } from '@/lib/i18n/model';

type Props = {
  value: Date;
  /** When the page was rendered: server and browser both count from it, so that hydration matches. */
  now: Date;
  locale: Locale;
};

/**
 * "2 hours ago", with the exact time in `datetime` and `title`. The server renders it in UTC; the browser switches to
 * the local time zone and keeps it current.
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
