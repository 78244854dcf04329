'use client';

import { type ReactNode, useState } from 'react';
import { TextField } from '@/components/ui/form/text-field';
import { Trash2 } from '@/components/ui/icons';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import { isTypedConfirmation } from '@/lib/platform/typed-confirmation';
import { ConfirmAction } from './confirm-action';

type Props = {
  /** The button, and the verb in the dialog. */
  button: string;
  /** The button's accessible name, among others like it. */
  label?: string;
  /** The verb in the dialog, if it is another one. */
  confirmLabel?: string;
  size?: 'small';
  /** Only the icon is shown. */
  isIcon?: boolean;
  /** False: nothing must be typed. */
  isTyped?: boolean;
  title: string;
  /** What is deleted, in numbers. */
  description: ReactNode;
  /** The text to type. */
  confirmation: string;
  onOpen?: () => void;
  remove: (input: { confirmation: string }) => Promise<ActionResult<unknown>>;
  /** Navigates away: the page's subject is deleted. */
  onRemoved: () => void;
  /** Above the field. */
  children?: ReactNode;
};

/** Deletes an item and everything in it after its name is typed. */
export function TypedDeletion({ button, size, title, description, confirmation, onOpen, ...props }: Props) {
  const { label, confirmLabel = button, isIcon = false, isTyped = true } = props;
  const t = useTranslations('common.typedConfirmation');
  const [typed, setTyped] = useState('');
  const [mismatch, setMismatch] = useState<string>();
  const reset = () => {
    setTyped('');
    setMismatch(undefined);
    onOpen?.();
  };
  const validate = () => {
    const isConfirmed = !isTyped || isTypedConfirmation(typed, confirmation);
    setMismatch(isConfirmed ? undefined : t('mismatch', { value: confirmation }));
    return isConfirmed;
  };
  return (
    <ConfirmAction
      trigger={{
        variant: isIcon ? 'quiet' : 'danger',
        ...(label && { 'aria-label': label }),
        ...(size && { size }),
        icon: <Trash2 size={16} aria-hidden />,
        ...(isIcon ? { title: button } : { children: button }),
      }}
      onOpen={reset}
      title={title}
      description={description}
      confirmLabel={confirmLabel}
      validate={validate}
      action={() => props.remove({ confirmation: typed })}
      isLeaving
      onDone={props.onRemoved}
    >
      {props.children}
      {isTyped && (
        <TextField
          name="confirmation"
          autoComplete="off"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          label={t('field', { value: confirmation })}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          error={mismatch}
        />
      )}
    </ConfirmAction>
  );
}
