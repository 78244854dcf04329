'use client';

import type { ShownSession } from '@/components/session/session-item';
import { SessionList } from '@/components/session/session-list';
import { FocusHeadingAfter } from '@/components/shell/focus-heading-after';
import { Section } from '@/components/ui/layout/section';
import type { Locale } from '@/lib/i18n/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import { type SignOutOthers, SignOutOthersButton } from './sign-out-others';

type Props = {
  sessions: ShownSession[];
  locale: Locale;
  now: Date;
  signOut: (input: { id: string }) => Promise<ActionResult<unknown>>;
  signOutOthers: SignOutOthers;
};

/** The region "Sessions": this one first; one or all others can be revoked. */
export function SessionSection({ sessions, locale, now, signOut, signOutOthers }: Props) {
  const t = useTranslations('profile.sessions');
  const otherCount = sessions.filter(({ isCurrent }) => !isCurrent).length;
  return (
    <Section
      id="sessions"
      title={t('title')}
      help={t('help')}
      action={otherCount > 0 && <SignOutOthersButton count={otherCount} signOutOthers={signOutOthers} />}
    >
      <FocusHeadingAfter shown={sessions.map(({ id }) => id)} headingId="sessions" />
      <SessionList
        label={t('title')}
        sessions={sessions}
        locale={locale}
        now={now}
        canEnd={({ isCurrent }) => !isCurrent}
        end={signOut}
      >
        {otherCount === 0 && <p className="text-sm text-muted">{t('only')}</p>}
      </SessionList>
    </Section>
  );
}
