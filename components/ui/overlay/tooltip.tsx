'use client';

import { type CSSProperties, type PointerEvent, type ReactElement, useEffect, useState } from 'react';

type Props = {
  /** The element's name, for people who see only its icon. Its accessible name is the same. */
  text: string;
  isDisabled?: boolean;
  /** The element itself, such as a link. */
  children: ReactElement;
};

const DELAY_MS = 200;
const DISTANCE = 8;

/** The name of an icon, beside it, for pointer and keyboard; Esc hides it. Never the only place for information. */
export function Tooltip({ text, isDisabled = false, children }: Props) {
  const [anchor, setAnchor] = useState<{ element: Element; delay: number }>();
  const [style, setStyle] = useState<CSSProperties>();
  const hide = () => setAnchor(undefined);
  useEffect(() => {
    if (!anchor) return;
    const timer = setTimeout(() => setStyle(beside(anchor.element)), anchor.delay);
    const hideOnEscape = (event: KeyboardEvent) => event.key === 'Escape' && setAnchor(undefined);
    document.addEventListener('keydown', hideOnEscape);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('keydown', hideOnEscape);
      setStyle(undefined);
    };
  }, [anchor]);
  const enter = ({ pointerType, currentTarget }: PointerEvent) => {
    if (!isDisabled && pointerType === 'mouse') setAnchor({ element: currentTarget, delay: DELAY_MS });
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only observes the element inside
    <div
      onPointerEnter={enter}
      onPointerLeave={hide}
      onPointerDown={hide}
      onFocus={({ target, currentTarget }) => {
        if (!isDisabled && target.matches(':focus-visible')) setAnchor({ element: currentTarget, delay: 0 });
      }}
      onBlur={hide}
    >
      {children}
      {style && !isDisabled && (
        <div
          aria-hidden
          style={style}
          className="float-in pointer-events-none fixed z-50 max-w-60 -translate-y-1/2 rounded-md bg-ink px-2 py-1 text-xs font-medium wrap-anywhere text-surface"
        >
          {text}
        </div>
      )}
    </div>
  );
}

/** At the inline end of the element, in its middle. */
function beside(element: Element): CSSProperties {
  const { left, right, top, height } = element.getBoundingClientRect();
  const isRightToLeft = getComputedStyle(element).direction === 'rtl';
  const start = isRightToLeft ? document.documentElement.clientWidth - left : right;
  return { top: top + height / 2, insetInlineStart: start + DISTANCE };
}
