'use client';

import { useState } from 'react';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { AlertDialog } from '@/components/ui/overlay/alert-dialog';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import { CopyCurl } from '../../_components/copy-curl';

export type DeletePasskeyProps = {
  userId: string;
  passkey: { id: string; name: string };
  otherCount: number;
  canSignInByMail: boolean;
  remove: (input: { id: string; passkeyId: string }) => Promise<ActionResult<unknown>>;
  curl: string;
  onClose: () => void;
  onDeleted: () => void;
};

/** Says what still works, then deletes. The only way in is not deleted; the dialog says why. */
export function DeletePasskey(props: DeletePasskeyProps) {
  const { userId, passkey, otherCount, canSignInByMail, remove, curl, onClose, onDeleted } = props;
  const { id, name } = passkey;
  const t = useTranslations('profile.passkeys.delete');
  const words = useTranslations('consoleUsers.passkeys.delete');
  const common = useTranslations('common');
  const { run, isPending, failure } = useStepUpAction();
  const [isBlocked, setBlocked] = useState(otherCount === 0 && !canSignInByMail);
  if (isBlocked) {
    return (
      <AlertDialog
        isOpen
        onOpenChange={onClose}
        title={words('blockedTitle')}
        description={<p>{words('blockedBody', { name })}</p>}
        cancelLabel={common('close')}
      />
    );
  }
  const confirm = async () => {
    const result = await run(() => remove({ id: userId, passkeyId: id }));
    if (result?.ok) onDeleted();
    else if (result?.error.code === 'last_sign_in_method') setBlocked(true);
  };
  return (
    <AlertDialog
      isOpen
      onOpenChange={onClose}
      title={t('title', { name })}
      description={
        <>
          <p>
            {words('body', { others: otherCount })} {canSignInByMail && words('byMail')}
          </p>
          {canSignInByMail && <p className="text-muted">{words('told')}</p>}
        </>
      }
      cancelLabel={common('cancel')}
      confirmLabel={t('confirm')}
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
  );
}
