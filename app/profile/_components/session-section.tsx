'use client';

import { Laptop, MonitorSmartphone, Smartphone, Tablet } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Facts, Item, ItemList } from '@/components/ui/item-list';
import { RelativeTime } from '@/components/ui/relative-time';
import { Section } from '@/components/ui/section';
import { useToast } from '@/components/ui/toast';
import type { Locale } from '@/lib/i18n/model';
import type { ActionResult } from '@/lib/platform/action-result';
import type { Device } from '@/lib/session/model';
import { type SignOutOthers, SignOutOthersButton } from './sign-out-others';

export type SessionItem = {
  id: string;
  /** In words, such as "Firefox on Linux". */
  name: string;
  kind: Device['kind'];
  address: string;
  lastSeenAt: Date;
  isCurrent: boolean;
};

type Props = {
  sessions: SessionItem[];
  locale: Locale;
  now: Date;
  signOut: (input: { id: string }) => Promise<ActionResult<unknown>>;
  signOutOthers: SignOutOthers;
};

const ICONS: Record<Device['kind'], ReactNode> = {
  desktop: <Laptop size={20} aria-hidden />,
  mobile: <Smartphone size={20} aria-hidden />,
  tablet: <Tablet size={20} aria-hidden />,
  unknown: <MonitorSmartphone size={20} aria-hidden />,
};

/** The region "Sessions": this one first; one or all others can be ended. */
export function SessionSection({ sessions, locale, now, signOut, signOutOthers }: Props) {
  const t = useTranslations('profile.sessions');
  const common = useTranslations('common');
  const toast = useToast();
  const [pendingId, setPendingId] = useState<string>();
  const otherCount = sessions.filter(({ isCurrent }) => !isCurrent).length;
  const { run, failure } = useStepUpAction();
  const end = async ({ id, name }: SessionItem) => {
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
              <Item
                key={session.id}
                icon={ICONS[session.kind]}
                title={session.name}
                badges={session.isCurrent && <Badge tone="success">{t('thisDevice')}</Badge>}
                detail={
                  <Facts>
                    {[
                      session.isCurrent
                        ? t('activeNow')
                        : t.rich('lastSeen', {
                            date: () => <RelativeTime value={session.lastSeenAt} now={now} locale={locale} />,
                          }),
                      t('address', { address: session.address }),
                    ]}
                  </Facts>
                }
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
