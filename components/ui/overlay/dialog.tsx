'use client';

import { Dialog as Base } from '@base-ui/react/dialog';
import { type ReactNode, useEffect, useRef } from 'react';
import { X } from '@/components/ui/icons';
import { ACTIONS_STYLE, POPUP_STYLE, SCRIM_STYLE, TITLE_STYLE, VIEWPORT_STYLE } from './dialog-style';
import { firstControl } from './first-control';

type Props = {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: string;
  /** One or two sentences; becomes the accessible description. */
  description?: ReactNode;
  /**
   * The accessible name of the close icon, "Close": a dialog to cancel has a button named "Cancel" besides. Without it
   * there is no icon and Esc does nothing: only the buttons close the dialog.
   */
  closeLabel?: string;
  /** For secrets and commands, which should not wrap more than needed. */
  isWide?: boolean;
  /** In front of any other dialog, which is hidden meanwhile. */
  isInFront?: boolean;
  children?: ReactNode;
  /** Buttons, the safe one first. */
  actions?: ReactNode;
  /** The focus starts on the first of `actions`, for a question with other buttons before them. */
  startsOnActions?: boolean;
};

/**
 * A modal dialog for a question or one or two fields. Traps the focus and returns it. The focus starts in the first
 * field, else on the first button, never on the close icon.
 */
export function Dialog({
  isOpen,
  onOpenChange,
  title,
  description,
  closeLabel,
  isWide = false,
  isInFront = false,
  children,
  actions,
  startsOnActions = false,
}: Props) {
  const popup = useRef<HTMLDivElement>(null);
  const buttons = useRef<HTMLDivElement>(null);
  const inFront = isInFront ? { 'data-in-front': '' } : {};
  const start = () => firstControl((startsOnActions ? buttons : popup).current);
  const shownTitle = useRef(title);
  useEffect(() => {
    if (shownTitle.current === title) return;
    shownTitle.current = title;
    // A dialog that now shows a result has lost its button. Runs after the focus trap has noticed.
    const timer = setTimeout(() => {
      const active = document.activeElement;
      const isLost = active === popup.current || !popup.current?.contains(active);
      if (isLost) firstControl(popup.current)?.focus();
    });
    return () => clearTimeout(timer);
  }, [title]);
  return (
    <Base.Root
      open={isOpen}
      onOpenChange={(next) => {
        if (next || closeLabel) onOpenChange(next);
      }}
    >
      <Base.Portal>
        <Base.Backdrop {...inFront} className={SCRIM_STYLE} />
        <Base.Viewport {...inFront} className={VIEWPORT_STYLE}>
          <Base.Popup
            ref={popup}
            data-wide={isWide ? '' : undefined}
            className={POPUP_STYLE}
            initialFocus={(how) => how === 'touch' || (start() ?? true)}
          >
            <div className="flex items-start justify-between gap-4">
              <Base.Title className={TITLE_STYLE}>{title}</Base.Title>
              {closeLabel && (
                <Base.Close
                  data-close
                  aria-label={closeLabel}
                  className="motion -m-1.5 flex size-8 shrink-0 items-center justify-center rounded-md text-muted hover:bg-sunken hover:text-ink"
                >
                  <X size={16} aria-hidden />
                </Base.Close>
              )}
            </div>
            {description && (
              <Base.Description render={<div />} className="flex flex-col gap-2">
                {description}
              </Base.Description>
            )}
            {children}
            {actions && (
              <div ref={buttons} className={ACTIONS_STYLE}>
                {actions}
              </div>
            )}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
