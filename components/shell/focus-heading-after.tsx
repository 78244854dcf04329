'use client';

import { useEffect, useRef } from 'react';

type Props = {
  /** The states and row keys the page shows. */
  shown: string[];
  /** The heading above it; the page's own by default. */
  headingId?: string;
};

/**
 * When something disappears from the page together with the button that removed it, the heading gets the focus, unless
 * something else has taken it, such as the field of a next step.
 */
export function FocusHeadingAfter({ shown, headingId }: Props) {
  const previous = useRef(shown);
  useEffect(() => {
    const isGone = previous.current.some((key) => !shown.includes(key));
    previous.current = shown;
    if (!isGone) return;
    // Runs after the closing dialog has returned the focus.
    const timer = setTimeout(() => {
      if (!isFocusLost()) return;
      const heading = headingId ? document.getElementById(headingId) : document.querySelector<HTMLElement>('h1');
      heading?.setAttribute('tabindex', '-1');
      heading?.focus({ preventScroll: true });
      heading?.scrollIntoView({ block: 'nearest' }); // focusing alone may leave it below the sticky bar
    });
    return () => clearTimeout(timer);
  }, [shown, headingId]);
  return null;
}

/** On the body, or in a dialog that is closing. */
function isFocusLost(): boolean {
  const active = document.activeElement;
  return active === null || active === document.body || active.closest('[data-closed], [data-ending-style]') !== null;
}
