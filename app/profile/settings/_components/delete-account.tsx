'use client';

import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { AlertDialog } from '@/components/ui/alert-dialog';
import { Button } from '@/components/ui/button';
import { TypedConfirmationField } from '@/components/ui/typed-confirmation-field';
import type { ActionResult } from '@/lib/platform/action-result';
import { isTypedConfirmation } from '@/lib/platform/typed-confirmation';

type Props = {
  /** What has to be typed. */
  confirmation: string;
  passkeyCount: number;
  sessionCount: number;
  deleteAccount: (input: { confirmation: string }) => Promise<ActionResult<unknown>>;
};

/** The end of the account: says in numbers what goes, and wants the address typed. */
export function DeleteAccount({ confirmation, passkeyCount, sessionCount, deleteAccount }: Props) {
  const t = useTranslations('settings.delete');
  const common = useTranslations('common');
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const [mismatch, setMismatch] = useState<string>();
  const { run, isPending, failure, setFailure } = useStepUpAction();
  const open = () => {
    setTyped('');
    setMismatch(undefined);
    setFailure(undefined);
    setOpen(true);
  };
  const confirm = async () => {
    if (!isTypedConfirmation(typed, confirmation)) return setMismatch(t('confirmMismatch', { value: confirmation }));
    const result = await run(() => deleteAccount({ confirmation: typed }));
    if (result?.ok) location.assign('/login?notice=account-deleted');
  };
  return (
    <>
      <Button variant="danger" icon={<Trash2 size={16} aria-hidden />} onClick={open}>
        {t('button')}
      </Button>
      <AlertDialog
        isOpen={isOpen}
        onOpenChange={setOpen}
        title={t('dialogTitle')}
        description={<p>{t('dialogBody', { passkeys: passkeyCount, sessions: sessionCount })}</p>}
        cancelLabel={common('cancel')}
        confirmLabel={t('confirm')}
        onConfirm={confirm}
        isPending={isPending}
        pendingLabel={common('working')}
      >
        <TypedConfirmationField
          name="confirmation"
          label={t('confirmField', { value: confirmation })}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          error={mismatch}
        />
        <p role="alert" className="text-danger empty:hidden">
          {failure}
        </p>
      </AlertDialog>
    </>
  );
}
