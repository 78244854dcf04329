'use client';

import { ConfirmAction } from '@/components/step-up/confirm-action';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

type Props = {
  id: string;
  name: string;
  left: number;
  revoke: (input: { id: string }) => Promise<ActionResult<unknown>>;
};

/** Deletes a user's recovery codes, after saying how many still work. */
export function RevokeCodes({ id, name, left, revoke }: Props) {
  const t = useTranslations('consoleUsers.passkeys');
  return (
    <ConfirmAction
      trigger={{ size: 'small', variant: 'danger', children: t('revokeCodes') }}
      title={t('revokeCodesDialog.title', { name })}
      description={<p>{t('revokeCodesDialog.body', { left })}</p>}
      confirmLabel={t('revokeCodesDialog.confirm')}
      action={() => revoke({ id })}
      doneText={t('codesRevoked', { name })}
    />
  );
}
