'use client';

import { LogOut } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { failureMessage } from '@/components/passkey/failure-message';
import { useStepUp } from '@/components/step-up/step-up-provider';
import { AlertDialog } from '@/components/ui/alert-dialog';
import { Button } from '@/components/ui/button';
import { useToast } from '@/components/ui/toast';
import type { ActionResult } from '@/lib/platform/action-result';

export type SignOutOthers = () => Promise<ActionResult<{ count: number }>>;

type Props = { count: number; signOutOthers: SignOutOthers };

/** Ends every session but this one, after saying how many. */
export function SignOutOthersButton({ count, signOutOthers }: Props) {
  const t = useTranslations('profile.sessions');
  const common = useTranslations('common');
  const errors = useTranslations('errors');
  const withStepUp = useStepUp();
  const toast = useToast();
  const [isOpen, setOpen] = useState(false);
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<string>();
  const confirm = async () => {
    if (isPending) return;
    setPending(true);
    setFailure(undefined);
    const attempt = () => signOutOthers().catch(() => ({ ok: false, error: { code: 'offline' } }) as const);
    const result = await withStepUp(attempt);
    setPending(false);
    if (!result.ok) return setFailure(failureMessage(errors, result.error));
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
