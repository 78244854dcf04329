'use client';

import { ConfirmAction } from '@/components/step-up/confirm-action';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

type Props = {
  name: string;
  clientId: string;
  remove: (input: { clientId: string }) => Promise<ActionResult<unknown>>;
};

/** Removes the access of an application, after saying what this ends. */
export function RemoveAccess({ name, clientId, remove }: Props) {
  const t = useTranslations('profile.applications');
  const label = t('remove');
  return (
    <ConfirmAction
      trigger={{ size: 'small', variant: 'quiet', 'aria-label': t('removeLabel', { name }), children: label }}
      title={t('dialog.title', { name })}
      description={<p>{t('dialog.body', { name })}</p>}
      confirmLabel={label}
      action={() => remove({ clientId })}
      doneText={t('removed', { name })}
    />
  );
}
