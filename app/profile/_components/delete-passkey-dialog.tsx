'use client';

import { useState } from 'react';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Button } from '@/components/ui/button';
import { AlertDialog } from '@/components/ui/overlay/alert-dialog';
import type { PasskeySignals } from '@/lib/credential/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

type Props = {
  passkey: { id: string; name: string; isCurrent: boolean };
  otherCount: number;
  email: string | null;
  remove: (input: { id: string }) => Promise<ActionResult<PasskeySignals>>;
  onDeleted: (signals: PasskeySignals) => void;
  onClose: () => void;
  onAddAnother: () => void;
};

/** Says what still works, then deletes. The only way in is not deleted; the dialog shows the way out instead. */
export function DeletePasskeyDialog({ passkey, otherCount, email, remove, onDeleted, onClose, onAddAnother }: Props) {
  const t = useTranslations('profile.passkeys');
  const common = useTranslations('common');
  const { run, isPending, failure } = useStepUpAction();
  const [isBlocked, setBlocked] = useState(otherCount === 0 && email === null);
  if (isBlocked) {
    return (
      <AlertDialog
        isOpen
        onOpenChange={onClose}
        title={t('deleteBlocked.title')}
        description={<p>{t('deleteBlocked.body', { name: passkey.name })}</p>}
        cancelLabel={t('deleteBlocked.close')}
        otherAction={
          <Button variant="primary" onClick={onAddAnother}>
            {t('deleteBlocked.action')}
          </Button>
        }
      />
    );
  }
  const confirm = async () => {
    const result = await run(() => remove({ id: passkey.id }));
    if (result?.ok) onDeleted(result.value);
    else if (result?.error.code === 'last_sign_in_method') setBlocked(true);
  };
  return (
    <AlertDialog
      isOpen
      onOpenChange={onClose}
      title={t('delete.title', { name: passkey.name })}
      description={
        <>
          <p>
            {otherCount === 0 ? t('delete.bodyLast', { email: email ?? '' }) : t('delete.body', { others: otherCount })}
          </p>
          {passkey.isCurrent && <p>{t('delete.bodyCurrent')}</p>}
          <p className="text-muted">{t('delete.bodyManager')}</p>
        </>
      }
      cancelLabel={common('cancel')}
      confirmLabel={t('delete.confirm')}
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
