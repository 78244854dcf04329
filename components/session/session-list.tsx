'use client';

import { type ReactNode, useState } from 'react';
import { ActionNote } from '@/components/step-up/action-note';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Button } from '@/components/ui/button';
import { ItemList } from '@/components/ui/data/item-list';
import { useToast } from '@/components/ui/overlay/toast';
import type { Locale } from '@/lib/i18n/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import { SessionItem, type ShownSession } from './session-item';

type Props<Session> = {
  label: string;
  sessions: Session[];
  locale: Locale;
  now: Date;
  facts?: (session: Session) => ReactNode[];
  canEnd: (session: Session) => boolean;
  /** Shown beside the button of a revocable session. */
  besideRevoke?: (session: Session) => ReactNode;
  end: (input: { id: string }) => Promise<ActionResult<unknown>>;
  /** Revokes several at once. */
  children: ReactNode;
};

/** Sessions, each revocable. */
export function SessionList<Session extends ShownSession>({ label, sessions, locale, now, ...props }: Props<Session>) {
  const t = useTranslations('profile.sessions');
  const common = useTranslations('common');
  const toast = useToast();
  const [pendingId, setPendingId] = useState<string>();
  const { run, failure, isCancelled } = useStepUpAction();
  const end = async ({ id, name }: Session) => {
    setPendingId(id);
    const result = await run(() => props.end({ id }));
    setPendingId(undefined);
    if (!result?.ok) return;
    toast({ text: t('signedOut', { device: name }) });
  };
  return (
    <div className="flex flex-col items-start gap-4">
      <div className="w-full">
        <ItemList label={label}>
          {sessions.map((session) => (
            <SessionItem
              key={session.id}
              session={session}
              locale={locale}
              now={now}
              {...(props.facts && { facts: props.facts(session) })}
              actions={
                props.canEnd(session) && (
                  <>
                    {props.besideRevoke?.(session)}
                    <Button
                      size="small"
                      variant="quiet"
                      aria-label={t('signOutLabel', { device: session.name })}
                      onClick={() => end(session)}
                      isPending={pendingId === session.id}
                      pendingLabel={common('working')}
                    >
                      {t('signOut')}
                    </Button>
                  </>
                )
              }
            />
          ))}
        </ItemList>
      </div>
      <ActionNote failure={failure} isCancelled={isCancelled} />
      {props.children}
    </div>
  );
}
