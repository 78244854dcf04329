'use client';

import { ConfirmAction } from '@/components/step-up/confirm-action';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

type Props = {
  clientId: string;
  secretId: string;
  /** Of its creation, to distinguish it from others. */
  date: string;
  end: (input: { clientId: string; secretId: string }) => Promise<ActionResult<unknown>>;
};

/** Revokes a previous secret before it ends. */
export function EndSecret({ clientId, secretId, date, end }: Props) {
  const t = useTranslations('consoleApplications.secrets');
  return (
    <ConfirmAction
      trigger={{ size: 'small', 'aria-label': t('endLabel', { date }), children: t('end') }}
      title={t('endTitle')}
      description={t('endBody')}
      confirmLabel={t('end')}
      action={() => end({ clientId, secretId })}
      doneText={t('endDone')}
    />
  );
}
