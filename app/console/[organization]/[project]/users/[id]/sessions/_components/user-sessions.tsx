'use client';

import type { ShownSession } from '@/components/session/session-item';
import { SessionList } from '@/components/session/session-list';
import { RelativeTime } from '@/components/ui/data/relative-time';
import type { Locale } from '@/lib/i18n/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import type { SessionMethod } from '@/lib/session/model';
import { CopyCurl } from '../../_components/copy-curl';
import { SignOutEverywhere, type SignOutEverywhereProps } from './sign-out-everywhere';

type ListedSession = ShownSession & { createdAt: Date; expiresAt: Date; method: SessionMethod; curl: string };

type Props = Omit<SignOutEverywhereProps, 'count'> & {
  sessions: ListedSession[];
  canEnd: boolean;
  locale: Locale;
  now: Date;
  end: (input: { id: string; sessionId: string }) => Promise<ActionResult<unknown>>;
};

/** Another person's sessions; each can be revoked, or all together. */
export function UserSessions({ sessions, canEnd, locale, now, end, ...rest }: Props) {
  const t = useTranslations('consoleUsers.sessions');
  const tabs = useTranslations('consoleUsers.tabs');
  const date = (value: Date) => () => <RelativeTime value={value} now={now} locale={locale} />;
  return (
    <SessionList
      label={tabs('sessions')}
      sessions={sessions}
      locale={locale}
      now={now}
      facts={({ method, createdAt, expiresAt }) => [
        t.rich('started', { method, date: date(createdAt) }),
        t.rich('expires', { date: date(expiresAt) }),
      ]}
      canEnd={() => canEnd}
      besideRevoke={({ name: device, curl }) => <CopyCurl command={curl} label={t('curlLabel', { device })} />}
      end={({ id }) => end({ id: rest.userId, sessionId: id })}
    >
      {canEnd && <SignOutEverywhere {...rest} count={sessions.length} />}
    </SessionList>
  );
}
