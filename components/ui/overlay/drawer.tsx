'use client';

import { Dialog as Base } from '@base-ui/react/dialog';
import { type MouseEvent, type ReactNode, useRef } from 'react';
import { X } from '@/components/ui/icons';
import { SCRIM_STYLE } from './dialog-style';
import { firstControl } from './first-control';

type Props = {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  /** The accessible name: "Menu". */
  title: string;
  closeLabel: string;
  children: ReactNode;
};

/** A drawer for navigation on narrow screens. Closes when a link inside is followed. */
export function Drawer({ isOpen, onOpenChange, title, closeLabel, children }: Props) {
  const popup = useRef<HTMLDivElement>(null);
  const closeOnLink = (event: MouseEvent<HTMLElement>) => {
    const isPlain = !event.metaKey && !event.ctrlKey && !event.shiftKey && event.button === 0;
    if (isPlain && event.target instanceof Element && event.target.closest('a[href]')) onOpenChange(false);
  };
  return (
    <Base.Root open={isOpen} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className={SCRIM_STYLE} />
        <Base.Viewport className="fixed inset-0 flex">
          <Base.Popup
            ref={popup}
            initialFocus={() => firstControl(popup.current) ?? true}
            className="motion flex h-full w-80 max-w-[calc(100%-3rem)] min-w-0 flex-col overflow-y-auto border-e border-line bg-raised text-ink shadow-float outline-none data-ending-style:[transform:translateX(-100%)] data-starting-style:[transform:translateX(-100%)]"
          >
            <div className="flex min-h-14 items-center justify-between gap-4 border-b border-line ps-4 pe-2">
              <Base.Title className="min-w-0 text-sm font-semibold wrap-anywhere">{title}</Base.Title>
              <Base.Close
                data-close
                aria-label={closeLabel}
                className="motion flex size-10 shrink-0 items-center justify-center rounded-md text-muted hover:bg-sunken hover:text-ink"
              >
                <X size={20} aria-hidden />
              </Base.Close>
            </div>
            {/* biome-ignore lint/a11y/noStaticElementInteractions: the links inside act; this only observes clicks */}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: Enter on a link is a click too */}
            <div onClick={closeOnLink} className="flex min-w-0 flex-col gap-4 p-4">
              {children}
            </div>
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
