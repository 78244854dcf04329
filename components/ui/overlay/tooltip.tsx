'use client';

import { Tooltip as Base } from '@base-ui/react/tooltip';
import type { ReactElement } from 'react';

type Props = {
  /** The element's name, for people who see only its icon. Its accessible name is the same. */
  text: string;
  isDisabled?: boolean;
  /** The element itself, such as a link. */
  children: ReactElement;
};

/** The name of an icon, for pointer and keyboard. Never the only place for information. */
export function Tooltip({ text, isDisabled = false, children }: Props) {
  return (
    <Base.Root disabled={isDisabled}>
      <Base.Trigger delay={200} closeOnClick render={children} />
      <Base.Portal>
        <Base.Positioner side="inline-end" sideOffset={8} collisionPadding={8} className="z-50">
          <Base.Popup
            aria-hidden
            className="float-in pointer-events-none max-w-60 rounded-md bg-ink px-2 py-1 text-xs font-medium wrap-anywhere text-surface"
          >
            {text}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
