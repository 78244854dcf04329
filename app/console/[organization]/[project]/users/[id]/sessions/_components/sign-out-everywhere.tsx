'use client';

import { LogOut } from 'lucide-react';
import { useState } from 'react';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Button } from '@/components/ui/button';
import { AlertDialog } from '@/components/ui/overlay/alert-dialog';
import { useToast } from '@/components/ui/overlay/toast';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import { CopyCurl } from '../../_components/copy-curl';

export type SignOutEverywhereProps = {
  userId: string;
  userName: string;
  count: number;
  endAll: (input: { id: string }) => Promise<ActionResult<{ count: number }>>;
  curl: string;
};

/** Ends every session of somebody, after saying how many. */
export function SignOutEverywhere({ userId, userName: name, count, endAll, curl }: SignOutEverywhereProps) {
  const t = useTranslations('consoleUsers.sessions');
  const common = useTranslations('common');
  const toast = useToast();
  const [isOpen, setOpen] = useState(false);
  const { run, isPending, failure } = useStepUpAction();
  const confirm = async () => {
    const result = await run(() => endAll({ id: userId }));
    if (!result?.ok) return;
    setOpen(false);
    toast({ text: t('everywhereDone', { count: result.value.count }) });
  };
  return (
    <>
      <Button size="small" icon={<LogOut size={16} aria-hidden />} onClick={() => setOpen(true)}>
        {t('everywhere')}
      </Button>
      <AlertDialog
        isOpen={isOpen}
        onOpenChange={setOpen}
        title={t('everywhereTitle', { name })}
        description={<p>{t('everywhereBody', { count, name })}</p>}
        cancelLabel={common('cancel')}
        confirmLabel={t('everywhere')}
        onConfirm={confirm}
        isPending={isPending}
        pendingLabel={common('working')}
      >
        <div>
          <CopyCurl command={curl} />
        </div>
        <p role="alert" className="text-danger empty:hidden">
          {failure}
        </p>
      </AlertDialog>
    </>
  );
}
