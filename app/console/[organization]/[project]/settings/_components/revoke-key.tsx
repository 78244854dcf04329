'use client';

import { useState } from 'react';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Button } from '@/components/ui/button';
import { AlertDialog } from '@/components/ui/overlay/alert-dialog';
import { useToast } from '@/components/ui/overlay/toast';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import type { PublishedKey } from '@/lib/token/model';

type Props = {
  kid: string;
  state: PublishedKey['state'];
  revoke: (input: { kid: string }) => Promise<ActionResult<unknown>>;
};

/** Distrusts a key that has got out. Says what ends with it, and what takes its place. */
export function RevokeKey({ kid, state, revoke }: Props) {
  const t = useTranslations('consoleProjects.settings.keys');
  const common = useTranslations('common');
  const toast = useToast();
  const [isOpen, setOpen] = useState(false);
  const { run, isPending, failure, setFailure } = useStepUpAction();
  const open = () => {
    setFailure(undefined);
    setOpen(true);
  };
  const confirm = async () => {
    const result = await run(() => revoke({ kid }));
    if (!result?.ok) return;
    setOpen(false);
    toast({ text: t('revoked', { kid }) });
  };
  return (
    <>
      <Button size="small" variant="quiet" aria-label={t('revokeLabel', { kid })} onClick={open} waitsForHydration>
        {t('revoke')}
      </Button>
      <AlertDialog
        isOpen={isOpen}
        onOpenChange={setOpen}
        title={t('revokeTitle')}
        description={
          <>
            <p className="font-mono text-sm wrap-anywhere">{kid}</p>
            <p>{t(`${state}Ends`)}</p>
            <p>{t('revokeBody')}</p>
          </>
        }
        cancelLabel={common('cancel')}
        confirmLabel={t('revoke')}
        onConfirm={confirm}
        isPending={isPending}
        pendingLabel={common('working')}
      >
        <p role="alert" className="text-danger empty:hidden">
          {failure}
        </p>
      </AlertDialog>
    </>
  );
}
