'use client';

import { type ReactNode, useState } from 'react';
import { Button, type ButtonProps } from '@/components/ui/button';
import { AlertDialog } from '@/components/ui/overlay/dialogs';
import { useToast } from '@/components/ui/overlay/toast';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import { ActionNote } from './action-note';
import { useStepUpAction } from './use-step-up-action';

type Confirmation<Output> = {
  /** A question with the verb of `confirmLabel`. */
  title: string;
  /** What the action removes and keeps, in numbers. */
  description: ReactNode;
  /** Absent: there is nothing to confirm, and `description` says why. */
  confirmLabel: string | undefined;
  cancelLabel?: string;
  /** Checked before the action runs; false leaves the dialog as it is. */
  validate?: () => boolean;
  action: () => Promise<ActionResult<Output>>;
  /** The toast after success. */
  doneText?: string | ((output: Output) => string);
  onDone?: (output: Output) => void;
  /** The action leaves this page: the dialog stays until the browser has navigated away. */
  isLeaving?: boolean;
  /** Receives the code of a refusal; the dialog shows its sentence. */
  onRefused?: (code: string) => void;
  /** Between the description and the error, such as a field or a command. */
  children?: ReactNode;
};

type DialogProps<Output> = Confirmation<Output> & { isOpen: boolean; onOpenChange: (isOpen: boolean) => void };

/**
 * Confirms an irreversible action, runs it with a step-up where the server requires one, and shows a refusal in the
 * dialog. Closes after success.
 */
export function ConfirmDialog<Output>({ isOpen, onOpenChange, children, ...props }: DialogProps<Output>) {
  const common = useTranslations('common');
  const toast = useToast();
  const { run, isPending, failure, isCancelled, setFailure } = useStepUpAction();
  const [wasOpen, setWasOpen] = useState(isOpen);
  if (wasOpen !== isOpen) {
    // A refusal stays visible while the dialog closes and is cleared when it opens again.
    setWasOpen(isOpen);
    if (isOpen) setFailure(undefined);
  }
  const confirm = async () => {
    if (props.validate && !props.validate()) return;
    const result = await run(props.action);
    if (!result) return;
    if (!result.ok) return props.onRefused?.(result.error.code);
    if (!props.isLeaving) onOpenChange(false);
    const { doneText } = props;
    if (doneText) toast({ text: typeof doneText === 'string' ? doneText : doneText(result.value) });
    props.onDone?.(result.value);
  };
  return (
    <AlertDialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={props.title}
      description={props.description}
      cancelLabel={props.cancelLabel ?? common('cancel')}
      confirmLabel={props.confirmLabel}
      onConfirm={confirm}
      isPending={isPending}
      pendingLabel={common('working')}
    >
      {children}
      <ActionNote failure={failure} isCancelled={isCancelled} />
    </AlertDialog>
  );
}

type Props<Output> = Confirmation<Output> & {
  /** The button that opens the dialog. */
  trigger: Omit<ButtonProps, 'onClick'>;
  onOpen?: () => void;
};

/** A button and its confirmation dialog. */
export function ConfirmAction<Output>({ trigger, onOpen, ...confirmation }: Props<Output>) {
  const [isOpen, setOpen] = useState(false);
  const open = () => {
    onOpen?.();
    setOpen(true);
  };
  return (
    <>
      <Button {...trigger} onClick={open} waitsForHydration />
      <ConfirmDialog {...confirmation} isOpen={isOpen} onOpenChange={setOpen} />
    </>
  );
}
