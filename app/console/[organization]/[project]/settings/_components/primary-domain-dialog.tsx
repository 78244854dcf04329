'use client';

import { useEffect, useState } from 'react';
import { ConfirmDialog } from '@/components/step-up/confirm-action';
import { Skeleton } from '@/components/ui/skeleton';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

export type Domain = { id: string; origin: string; isPrimary: boolean };

type Props = {
  domain: Domain;
  count: (input: { id: string }) => Promise<ActionResult<{ passkeys: number }>>;
  makePrimary: (input: { id: string }) => Promise<ActionResult<unknown>>;
  onClose: () => void;
};

/** First says how many passkeys stop working under the new domain. */
export function PrimaryDomainDialog({ domain, count, makePrimary, onClose }: Props) {
  const t = useTranslations('consoleProjects.settings.domains');
  const [passkeys, setPasskeys] = useState<number | null>(); // null: the count failed
  const { id, origin } = domain;
  useEffect(() => {
    let isCurrent = true;
    count({ id })
      .then((result) => {
        if (isCurrent) setPasskeys(result.ok ? result.value.passkeys : null);
      })
      .catch(() => setPasskeys(null));
    return () => {
      isCurrent = false;
    };
  }, [count, id]);
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('dialogTitle', { origin })}
      description={
        <>
          <p>{t('dialogBody')}</p>
          {passkeys === undefined && <Skeleton className="h-5 w-full" />}
          {typeof passkeys === 'number' && <p>{t('dialogPasskeys', { count: passkeys })}</p>}
        </>
      }
      confirmLabel={t('makePrimary')}
      action={() => makePrimary({ id })}
      doneText={t('madePrimary', { origin })}
    />
  );
}
