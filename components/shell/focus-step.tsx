'use client';

import { useEffect } from 'react';

/** Outlives the page's components, which an action's redirect remounts. */
let shown: string | null = null;

/**
 * Between steps of the same page the focus moves to the next field, or to the heading of a step without one. A freshly
 * loaded page is left alone.
 */
export function FocusStep({ step }: { step: string }) {
  useEffect(() => {
    if (shown !== null && shown !== step) {
      const heading = document.querySelector<HTMLElement>('main h1');
      heading?.setAttribute('tabindex', '-1');
      (document.querySelector<HTMLElement>('main form input:not([type=hidden])') ?? heading)?.focus();
    }
    shown = step;
  }, [step]);
  return null;
}
