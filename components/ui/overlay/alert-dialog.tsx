'use client';

import { AlertDialog as Base } from '@base-ui/react/alert-dialog';
import { type ReactNode, useRef } from 'react';
import { Button } from '../button';
import { ACTIONS_STYLE, POPUP_STYLE, SCRIM_STYLE, TITLE_STYLE, VIEWPORT_STYLE } from './dialog-style';

type Props = {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  /** A question with the verb of the button: "Delete “iCloud Keychain”?" */
  title: string;
  /** What is removed and what still works, in numbers. */
  description: ReactNode;
  cancelLabel: string;
  /** The verb of the title. Absent: nothing to confirm, only an alternative in `children`. */
  confirmLabel?: string;
  onConfirm?: () => void;
  isPending?: boolean;
  pendingLabel?: string;
  /** In front of any other dialog, which is hidden meanwhile. */
  isInFront?: boolean;
  /** A field for a typed confirmation, or an error. */
  children?: ReactNode;
  /** An alternative, beside Cancel. */
  otherAction?: ReactNode;
};

/** Asks before a destructive action. Focus starts on Cancel and returns to where it was. */
export function AlertDialog({
  isOpen,
  onOpenChange,
  title,
  description,
  cancelLabel,
  confirmLabel,
  onConfirm,
  isPending = false,
  pendingLabel,
  isInFront = false,
  children,
  otherAction,
}: Props) {
  const cancel = useRef<HTMLButtonElement>(null);
  const inFront = isInFront ? { 'data-in-front': '' } : {};
  return (
    <Base.Root open={isOpen} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop {...inFront} className={SCRIM_STYLE} />
        <Base.Viewport {...inFront} className={VIEWPORT_STYLE}>
          <Base.Popup className={POPUP_STYLE} initialFocus={cancel}>
            <Base.Title className={TITLE_STYLE}>{title}</Base.Title>
            <Base.Description render={<div />} className="flex flex-col gap-2">
              {description}
            </Base.Description>
            {children}
            <div className={ACTIONS_STYLE}>
              <Base.Close render={<Button ref={cancel} />}>{cancelLabel}</Base.Close>
              {otherAction}
              {confirmLabel && (
                <Button variant="danger" onClick={onConfirm} isPending={isPending} pendingLabel={pendingLabel}>
                  {confirmLabel}
                </Button>
              )}
            </div>
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
