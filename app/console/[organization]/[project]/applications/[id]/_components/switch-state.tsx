'use client';

import { ConfirmAction } from '@/components/step-up/confirm-action';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

type Switch = (input: { clientId: string }) => Promise<ActionResult<unknown>>;
type Props = { clientId: string; name: string; isDisabled: boolean; disable: Switch; enable: Switch };

/** Disables an application, or enables it again. */
export function SwitchState({ clientId, name, isDisabled, disable, enable }: Props) {
  const t = useTranslations(isDisabled ? 'consoleApplications.enable' : 'consoleApplications.disable');
  return (
    <ConfirmAction
      trigger={{ variant: isDisabled ? 'secondary' : 'danger', children: t('action') }}
      title={t('title', { name })}
      description={t('body')}
      confirmLabel={t('confirm')}
      action={() => (isDisabled ? enable : disable)({ clientId })}
      doneText={t('done', { name })}
    />
  );
}
