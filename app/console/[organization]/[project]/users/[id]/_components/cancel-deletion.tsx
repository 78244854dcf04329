'use client';

import { ConfirmAction } from '@/components/step-up/confirm-action';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

type Props = { id: string; name: string; cancel: (input: { id: string }) => Promise<ActionResult<unknown>> };

/** Keeps an account that its owner deleted. */
export function CancelDeletion({ id, name, cancel }: Props) {
  const t = useTranslations('consoleUsers.deletion');
  return (
    <ConfirmAction
      trigger={{ size: 'small', children: t('action') }}
      title={t('title', { name })}
      description={<p>{t('body')}</p>}
      confirmLabel={t('confirm')}
      action={() => cancel({ id })}
      doneText={t('done', { name })}
    />
  );
}
