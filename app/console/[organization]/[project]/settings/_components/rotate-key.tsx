'use client';

import { useState } from 'react';
import { ConfirmAction } from '@/components/step-up/confirm-action';
import { RefreshCw } from '@/components/ui/icons';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import type { SigningPurpose } from '@/lib/token/model';

type Props = {
  purpose: SigningPurpose;
  /** When every relying party can know the next key, in milliseconds since 1970. */
  readyAt: number;
  rotate: (input: { purpose: SigningPurpose; isUrgent: boolean }) => Promise<ActionResult<unknown>>;
};

/**
 * Rotates to the next key and publishes its successor. Warns of rejected tokens while relying parties may not know the
 * key yet.
 */
export function RotateKey({ purpose, readyAt, rotate }: Props) {
  const t = useTranslations('consoleProjects.settings.keys');
  const [minutes, setMinutes] = useState(0);
  return (
    <ConfirmAction
      trigger={{ icon: <RefreshCw size={16} aria-hidden />, children: t('rotate') }}
      onOpen={() => setMinutes(Math.max(0, Math.ceil((readyAt - Date.now()) / 60_000)))}
      title={t('dialogTitle')}
      description={
        <>
          <p>{t(purpose === 'id_token' ? 'idDialogBody' : 'dialogBody')}</p>
          {minutes > 0 && <p>{t('notYet', { minutes })}</p>}
        </>
      }
      confirmLabel={t(minutes > 0 ? 'rotateAnyway' : 'rotate')}
      action={() => rotate({ purpose, isUrgent: minutes > 0 })}
      doneText={t('rotated')}
    />
  );
}
