'use client';

import { useEffect, useState } from 'react';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { AlertDialog } from '@/components/ui/overlay/alert-dialog';
import { useToast } from '@/components/ui/overlay/toast';
import { Skeleton } from '@/components/ui/skeleton';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import type { Domain } from './domains';

type Props = {
  domain: Domain;
  count: (input: { id: string }) => Promise<ActionResult<{ passkeys: number }>>;
  makePrimary: (input: { id: string }) => Promise<ActionResult<unknown>>;
  onClose: () => void;
};

/** Says first how many passkeys answer no more under another name. */
export function PrimaryDomainDialog({ domain, count, makePrimary, onClose }: Props) {
  const t = useTranslations('consoleProjects.settings.domains');
  const common = useTranslations('common');
  const toast = useToast();
  const { run, isPending, failure } = useStepUpAction();
  const [passkeys, setPasskeys] = useState<number | null>(); // null: it could not be counted;
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
  const confirm = async () => {
    const result = await run(() => makePrimary({ id }));
    if (!result?.ok) return;
    toast({ text: t('madePrimary', { origin }) });
    onClose();
  };
  return (
    <AlertDialog
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
      cancelLabel={common('cancel')}
      confirmLabel={t('makePrimary')}
      onConfirm={confirm}
      isPending={isPending}
      pendingLabel={common('working')}
    >
      <p role="alert" className="text-danger empty:hidden">
        {failure}
      </p>
    </AlertDialog>
  );
}
