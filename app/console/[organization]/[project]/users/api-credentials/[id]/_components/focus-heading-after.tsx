'use client';

import { useEffect, useRef } from 'react';

/** When the thing that the page shows becomes another one, and the button pressed for it is gone, the heading gets the focus. */
export function FocusHeadingAfter({ change }: { change: string }) {
  const previous = useRef(change);
  useEffect(() => {
    if (previous.current === change) return;
    previous.current = change;
    // After the dialog that ends with it, which gives the focus back to wherever it was before.
    const timer = setTimeout(() => {
      const heading = document.querySelector('h1');
      heading?.setAttribute('tabindex', '-1');
      heading?.focus({ preventScroll: true });
    });
    return () => clearTimeout(timer);
  }, [change]);
  return null;
}
