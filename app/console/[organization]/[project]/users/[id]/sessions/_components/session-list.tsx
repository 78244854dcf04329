'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { SessionItem, type ShownSession } from '@/components/session/session-item';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Button } from '@/components/ui/button';
import { ItemList } from '@/components/ui/item-list';
import { RelativeTime } from '@/components/ui/relative-time';
import { useToast } from '@/components/ui/toast';
import type { Locale } from '@/lib/i18n/model';
import type { ActionResult } from '@/lib/platform/action-result';
import type { SessionMethod } from '@/lib/session/model';
import { SignOutEverywhere, type SignOutEverywhereProps } from './sign-out-everywhere';

type Listed = ShownSession & { createdAt: Date; expiresAt: Date; method: SessionMethod };

type Props = Omit<SignOutEverywhereProps, 'count'> & {
  sessions: Listed[];
  canEnd: boolean;
  locale: Locale;
  now: Date;
  end: (input: { id: string; sessionId: string }) => Promise<ActionResult<unknown>>;
};

/** The sessions of somebody else; each can be ended, and all together. */
export function SessionList({ sessions, canEnd, locale, now, end, ...rest }: Props) {
  const t = useTranslations('consoleUsers.sessions');
  const words = useTranslations('profile.sessions');
  const tabs = useTranslations('consoleUsers.tabs');
  const common = useTranslations('common');
  const toast = useToast();
  const [pendingId, setPendingId] = useState<string>();
  const { run, failure } = useStepUpAction();
  const endOne = async ({ id, name }: Listed) => {
    setPendingId(id);
    const result = await run(() => end({ id: rest.userId, sessionId: id }));
    setPendingId(undefined);
    if (!result?.ok) return;
    toast({ text: words('signedOut', { device: name }) });
    document.querySelector('h1')?.focus(); // the button that had the focus is gone
  };
  const date = (value: Date) => () => <RelativeTime value={value} now={now} locale={locale} />;
  return (
    <div className="flex flex-col items-start gap-4">
      <div className="w-full">
        <ItemList label={tabs('sessions')}>
          {sessions.map((session) => (
            <SessionItem
              key={session.id}
              session={session}
              locale={locale}
              now={now}
              facts={[
                t.rich('started', { method: session.method, date: date(session.createdAt) }),
                t.rich('expires', { date: date(session.expiresAt) }),
              ]}
              actions={
                canEnd && (
                  <Button
                    size="small"
                    aria-label={words('signOutLabel', { device: session.name })}
                    onClick={() => endOne(session)}
                    isPending={pendingId === session.id}
                    pendingLabel={common('working')}
                  >
                    {words('signOut')}
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
      {canEnd && <SignOutEverywhere {...rest} count={sessions.length} />}
    </div>
  );
}
