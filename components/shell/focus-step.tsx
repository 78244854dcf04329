'use client';

import { useEffect } from 'react';

/** Outlives the page's components, which an action's redirect remounts. */
let shown: string | null = null;

/** Between steps of the same page the focus moves to the next field. A freshly loaded page is left alone. */
export function FocusStep({ step }: { step: string }) {
  useEffect(() => {
    if (shown !== null && shown !== step) {
      document.querySelector<HTMLElement>('main form input:not([type=hidden])')?.focus();
    }
    shown = step;
  }, [step]);
  return null;
}
