'use client';

import { useEffect } from 'react';

/** Outlives the page's components, which an action's redirect makes anew. */
let shown: string | null = null;

/** From one step of the same page to the next the focus goes to its field. A page that is just loaded is left alone. */
export function FocusStep({ step }: { step: string }) {
  useEffect(() => {
    if (shown !== null && shown !== step) {
      document.querySelector<HTMLElement>('main form input:not([type=hidden])')?.focus();
    }
    shown = step;
  }, [step]);
  return null;
}
