'use client';

import { ConfirmAction } from '@/components/step-up/confirm-action';
import { RelativeTime } from '@/components/ui/data/relative-time';
import { Ban } from '@/components/ui/icons';
import type { Locale } from '@/lib/i18n/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

type Props = {
  clientId: string;
  name: string;
  lastUsedAt: Date | null;
  locale: Locale;
  now: Date;
  revoke: (input: { clientId: string }) => Promise<ActionResult<unknown>>;
};

/** Revokes a credential, after stating what stops working and when it was last used. */
export function RevokeCredential({ clientId, name, lastUsedAt, locale, now, revoke }: Props) {
  const t = useTranslations('consoleCredentials.revoke');
  return (
    <ConfirmAction
      trigger={{ variant: 'danger', icon: <Ban size={16} aria-hidden />, children: t('action') }}
      title={t('dialogTitle', { name })}
      description={
        <>
          <p>{t('dialogBody')}</p>
          {lastUsedAt && (
            <p>{t.rich('lastUsed', { date: () => <RelativeTime value={lastUsedAt} now={now} locale={locale} /> })}</p>
          )}
          <p>{t('dialogFinal')}</p>
        </>
      }
      confirmLabel={t('confirm')}
      action={() => revoke({ clientId })}
      doneText={t('done', { name })}
    />
  );
}
