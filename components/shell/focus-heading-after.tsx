'use client';

import { useEffect, useRef } from 'react';

type Props = {
  /** The states and row keys the page shows. */
  shown: string[];
  /** The heading above it; the page's own by default. */
  headingId?: string;
};

/** When something disappears from the page together with the button that removed it, the heading gets the focus. */
export function FocusHeadingAfter({ shown, headingId }: Props) {
  const previous = useRef(shown);
  useEffect(() => {
    const isGone = previous.current.some((key) => !shown.includes(key));
    previous.current = shown;
    if (!isGone) return;
    // Runs after the closing dialog has returned the focus.
    const timer = setTimeout(() => {
      const heading = headingId ? document.getElementById(headingId) : document.querySelector<HTMLElement>('h1');
      heading?.setAttribute('tabindex', '-1');
      heading?.focus({ preventScroll: true });
    });
    return () => clearTimeout(timer);
  }, [shown, headingId]);
  return null;
}
