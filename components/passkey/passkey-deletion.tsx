'use client';

import { type ReactNode, useState } from 'react';
import { ConfirmDialog } from '@/components/step-up/confirm-action';
import { AlertDialog } from '@/components/ui/overlay/dialogs';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

type Props<Output> = {
  name: string;
  /** What still works without the passkey. */
  description: ReactNode;
  /** Known to be the only way to sign in. Otherwise the refusal `last_sign_in_method` says so. */
  isOnlySignIn: boolean;
  /** Shown in place of the question for the only way to sign in. */
  blocked: { title: string; description: ReactNode; cancelLabel: string; otherAction?: ReactNode };
  remove: () => Promise<ActionResult<Output>>;
  onDone: (output: Output) => void;
  onClose: () => void;
  children?: ReactNode;
};

/** Says what still works, then deletes a passkey. The only sign-in method is not deleted; the dialog says why. */
export function PasskeyDeletion<Output>({ name, isOnlySignIn, blocked, remove, onClose, ...props }: Props<Output>) {
  const t = useTranslations('profile.passkeys.delete');
  const [isBlocked, setBlocked] = useState(isOnlySignIn);
  if (isBlocked) return <AlertDialog isOpen onOpenChange={onClose} {...blocked} />;
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={t('title', { name })}
      description={props.description}
      confirmLabel={t('confirm')}
      action={remove}
      onDone={props.onDone}
      onRefused={(code) => code === 'last_sign_in_method' && setBlocked(true)}
    >
      {props.children}
    </ConfirmDialog>
  );
}
