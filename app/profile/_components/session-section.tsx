'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { SessionItem, type ShownSession } from '@/components/session/session-item';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Button } from '@/components/ui/button';
import { ItemList } from '@/components/ui/item-list';
import { Section } from '@/components/ui/section';
import { useToast } from '@/components/ui/toast';
import type { Locale } from '@/lib/i18n/model';
import type { ActionResult } from '@/lib/platform/action-result';
import { type SignOutOthers, SignOutOthersButton } from './sign-out-others';

type Props = {
  sessions: ShownSession[];
  locale: Locale;
  now: Date;
  signOut: (input: { id: string }) => Promise<ActionResult<unknown>>;
  signOutOthers: SignOutOthers;
};

/** The region "Sessions": this one first; one or all others can be ended. */
export function SessionSection({ sessions, locale, now, signOut, signOutOthers }: Props) {
  const t = useTranslations('profile.sessions');
  const common = useTranslations('common');
  const toast = useToast();
  const [pendingId, setPendingId] = useState<string>();
  const otherCount = sessions.filter(({ isCurrent }) => !isCurrent).length;
  const { run, failure } = useStepUpAction();
  const end = async ({ id, name }: ShownSession) => {
    setPendingId(id);
    const result = await run(() => signOut({ id }));
    setPendingId(undefined);
    if (!result?.ok) return;
    toast({ text: t('signedOut', { device: name }) });
    document.getElementById('sessions')?.focus(); // the button that had the focus is gone
  };
  return (
    <Section id="sessions" title={t('title')} help={t('help')}>
      <div className="flex flex-col items-start gap-4">
        <div className="w-full">
          <ItemList label={t('title')}>
            {sessions.map((session) => (
              <SessionItem
                key={session.id}
                session={session}
                locale={locale}
                now={now}
                actions={
                  !session.isCurrent && (
                    <Button
                      size="small"
                      aria-label={t('signOutLabel', { device: session.name })}
                      onClick={() => end(session)}
                      isPending={pendingId === session.id}
                      pendingLabel={common('working')}
                    >
                      {t('signOut')}
                    </Button>
                  )
                }
              />
            ))}
          </ItemList>
        </div>
        <p role="status" className="text-muted empty:hidden">
          {failure}
        </p>
        {otherCount > 0 ? (
          <SignOutOthersButton count={otherCount} signOutOthers={signOutOthers} />
        ) : (
          <p className="text-sm text-muted">{t('only')}</p>
        )}
      </div>
    </Section>
  );
}
