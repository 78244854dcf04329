'use client';

import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Button } from '@/components/ui/button';
import { AlertDialog } from '@/components/ui/overlay/alert-dialog';
import { useToast } from '@/components/ui/overlay/toast';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

type Props = {
  /** When every program can know the next key, in milliseconds since 1970. */
  readyAt: number;
  rotate: (input: { isUrgent: boolean }) => Promise<ActionResult<unknown>>;
};

/** Lets the next key sign, and publishes one after it. Says what it costs to do so before every program can know that key. */
export function RotateKey({ readyAt, rotate }: Props) {
  const t = useTranslations('consoleProjects.settings.keys');
  const common = useTranslations('common');
  const toast = useToast();
  const [isOpen, setOpen] = useState(false);
  const [minutes, setMinutes] = useState(0);
  const { run, isPending, failure, setFailure } = useStepUpAction();
  const open = () => {
    setFailure(undefined);
    setMinutes(Math.max(0, Math.ceil((readyAt - Date.now()) / 60_000)));
    setOpen(true);
  };
  const confirm = async () => {
    const result = await run(() => rotate({ isUrgent: minutes > 0 }));
    if (result?.ok) {
      setOpen(false);
      toast({ text: t('rotated') });
    }
  };
  return (
    <>
      <Button icon={<RefreshCw size={16} aria-hidden />} onClick={open} waitsForHydration>
        {t('rotate')}
      </Button>
      <AlertDialog
        isOpen={isOpen}
        onOpenChange={setOpen}
        title={t('dialogTitle')}
        description={
          <>
            <p>{t('dialogBody')}</p>
            {minutes > 0 && <p>{t('notYet', { minutes })}</p>}
          </>
        }
        cancelLabel={common('cancel')}
        confirmLabel={t(minutes > 0 ? 'rotateAnyway' : 'rotate')}
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
