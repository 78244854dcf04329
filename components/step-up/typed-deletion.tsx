'use client';

import { Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '@/components/ui/button';
import { TypedConfirmationField } from '@/components/ui/form/typed-confirmation-field';
import { AlertDialog } from '@/components/ui/overlay/alert-dialog';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import { isTypedConfirmation } from '@/lib/platform/typed-confirmation';
import { useStepUpAction } from './use-step-up-action';

type Props = {
  /** The button, and the verb in the dialog. */
  button: string;
  size?: 'small';
  title: string;
  /** What goes, in numbers. */
  description: ReactNode;
  /** What has to be typed. */
  confirmation: string;
  onOpen?: () => void;
  remove: (input: { confirmation: string }) => Promise<ActionResult<unknown>>;
  /** Leads away: what this page shows is gone. */
  onRemoved: () => void;
  /** Beside the field. */
  children?: ReactNode;
};

/** The end of something with all that belongs to it: asks for its name typed out. */
export function TypedDeletion({ button, size, title, description, confirmation, onOpen, ...props }: Props) {
  const t = useTranslations('common.typedConfirmation');
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
    onOpen?.();
  };
  const confirm = async () => {
    const isRight = isTypedConfirmation(typed, confirmation);
    setMismatch(isRight ? undefined : t('mismatch', { value: confirmation }));
    if (!isRight) return;
    const result = await run(() => props.remove({ confirmation: typed }));
    if (result?.ok) props.onRemoved();
  };
  return (
    <>
      <Button
        variant="danger"
        {...(size && { size })}
        icon={<Trash2 size={16} aria-hidden />}
        onClick={open}
        waitsForHydration
      >
        {button}
      </Button>
      <AlertDialog
        isOpen={isOpen}
        onOpenChange={setOpen}
        title={title}
        description={description}
        cancelLabel={common('cancel')}
        confirmLabel={button}
        onConfirm={confirm}
        isPending={isPending}
        pendingLabel={common('working')}
      >
        <TypedConfirmationField
          name="confirmation"
          label={t('field', { value: confirmation })}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          error={mismatch}
        />
        {props.children}
        <p role="alert" className="text-danger empty:hidden">
          {failure}
        </p>
      </AlertDialog>
    </>
  );
}
