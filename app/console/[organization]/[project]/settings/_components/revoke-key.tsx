'use client';

import { ConfirmAction } from '@/components/step-up/confirm-action';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import type { PublishedKey, SigningPurpose } from '@/lib/token/model';

type Props = {
  kid: string;
  purpose: SigningPurpose;
  state: PublishedKey['state'];
  revoke: (input: { kid: string }) => Promise<ActionResult<unknown>>;
};

/** Revokes a compromised key. Says what stops working and which key signs next. */
export function RevokeKey({ kid, purpose, state, revoke }: Props) {
  const t = useTranslations('consoleProjects.settings.keys');
  return (
    <ConfirmAction
      trigger={{
        size: 'small',
        variant: 'quiet',
        'aria-label': t('revokeLabel', { kid }),
        children: t('revoke'),
      }}
      title={t('revokeTitle')}
      description={
        <>
          <p className="font-mono text-sm wrap-anywhere">{kid}</p>
          <p>{t(purpose === 'id_token' && state !== 'next' ? 'idEnds' : `${state}Ends`)}</p>
          <p>{t('revokeBody')}</p>
        </>
      }
      confirmLabel={t('revoke')}
      action={() => revoke({ kid })}
      doneText={t('revoked', { kid })}
    />
  );
}
