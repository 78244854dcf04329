'use client';

import { LogOut } from 'lucide-react';
import { useState } from 'react';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Button } from '@/components/ui/button';
import { AlertDialog } from '@/components/ui/overlay/alert-dialog';
import { useToast } from '@/components/ui/overlay/toast';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

export type SignOutOthers = () => Promise<ActionResult<{ count: number }>>;

type Props = { count: number; signOutOthers: SignOutOthers };

/** Ends every session but this one, after saying how many. */
export function SignOutOthersButton({ count, signOutOthers }: Props) {
  const t = useTranslations('profile.sessions');
  const common = useTranslations('common');
  const toast = useToast();
  const [isOpen, setOpen] = useState(false);
  const { run, isPending, failure } = useStepUpAction();
  const confirm = async () => {
    const result = await run(signOutOthers);
    if (!result?.ok) return;
    setOpen(false);
    toast({ text: t('othersSignedOut', { count: result.value.count }) });
  };
  return (
    <>
      <Button size="small" icon={<LogOut size={16} aria-hidden />} onClick={() => setOpen(true)}>
        {t('signOutOthers')}
      </Button>
      <AlertDialog
        isOpen={isOpen}
        onOpenChange={setOpen}
        title={t('othersDialog.title')}
        description={<p>{t('othersDialog.body', { count })}</p>}
        cancelLabel={common('cancel')}
        confirmLabel={t('othersDialog.confirm')}
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
