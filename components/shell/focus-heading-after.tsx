'use client';

import { useEffect, useRef } from 'react';

type Props = {
  /** What the page shows now: its states, the keys of its rows. */
  shown: string[];
  /** The heading that stands above it; the page's own unless told otherwise. */
  headingId?: string;
};

/** When something that the page showed is gone, and the button pressed for it with it, the heading gets the focus. */
export function FocusHeadingAfter({ shown, headingId }: Props) {
  const previous = useRef(shown);
  useEffect(() => {
    const isGone = previous.current.some((key) => !shown.includes(key));
    previous.current = shown;
    if (!isGone) return;
    // After the dialog that ends with it, which gives the focus back to wherever it was before.
    const timer = setTimeout(() => {
      const heading = headingId ? document.getElementById(headingId) : document.querySelector<HTMLElement>('h1');
      heading?.setAttribute('tabindex', '-1');
      heading?.focus({ preventScroll: true });
    });
    return () => clearTimeout(timer);
  }, [shown, headingId]);
  return null;
}
