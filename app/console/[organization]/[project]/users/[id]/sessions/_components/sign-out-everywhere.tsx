'use client';

import { ConfirmAction } from '@/components/step-up/confirm-action';
import { LogOut } from '@/components/ui/icons';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import { AlsoEnds, type PreviewEnds } from '../../_components/also-ends';
import { CopyCurl } from '../../_components/copy-curl';

export type SignOutEverywhereProps = {
  userId: string;
  userName: string;
  count: number;
  endAll: (input: { id: string }) => Promise<ActionResult<{ count: number }>>;
  preview: PreviewEnds;
  curl: string;
};

/** Revokes every session of a user, after saying how many. */
export function SignOutEverywhere({ userId, userName: name, count, endAll, preview, curl }: SignOutEverywhereProps) {
  const t = useTranslations('consoleUsers.sessions');
  return (
    <ConfirmAction
      trigger={{ size: 'small', icon: <LogOut size={16} aria-hidden />, children: t('everywhere') }}
      title={t('everywhereTitle', { name })}
      description={
        <>
          <p>{t('everywhereBody', { count, name })}</p>
          <AlsoEnds intro="ends" preview={preview} />
        </>
      }
      confirmLabel={t('everywhere')}
      action={() => endAll({ id: userId })}
      doneText={(ended) => t('everywhereDone', { count: ended.count })}
    >
      <div>
        <CopyCurl command={curl} />
      </div>
    </ConfirmAction>
  );
}
