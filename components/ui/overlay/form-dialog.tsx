'use client';

import type { FormEvent, ReactNode } from 'react';
import { Button } from '../button';
import { SubmitButton } from '../form/submit-button';
import { ACTIONS_STYLE } from './dialog-style';
import { Dialog } from './dialogs';

type Props = {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: string;
  /** One or two sentences. */
  description: ReactNode;
  cancelLabel: string;
  /** The accessible name of the close icon. */
  closeLabel: string;
  submitLabel: string;
  isPending: boolean;
  pendingLabel: string;
  /** A refusal that concerns no field. */
  note: ReactNode;
  onSubmit: (form: FormData) => Promise<void>;
  /** The fields. */
  children: ReactNode;
};

/** A modal form with a few fields: submit or cancel. */
export function FormDialog({ isOpen, onOpenChange, title, description, children, ...props }: Props) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    return props.onSubmit(new FormData(event.currentTarget));
  };
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={title}
      description={description}
      closeLabel={props.closeLabel}
    >
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
        {children}
        {props.note}
        <div className={ACTIONS_STYLE}>
          <Button onClick={() => onOpenChange(false)}>{props.cancelLabel}</Button>
          <SubmitButton isPending={props.isPending} pendingLabel={props.pendingLabel}>
            {props.submitLabel}
          </SubmitButton>
        </div>
      </form>
    </Dialog>
  );
}
