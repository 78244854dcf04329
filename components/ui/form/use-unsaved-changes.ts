'use client';

import { useEffect } from 'react';

/** An entry of the tab's history. */
type Place = { href: string; state: unknown };

/** One for each form with unsaved changes: the page it is on. */
const unsaved = new Map<symbol, Place>();

export function hasUnsavedChanges(): boolean {
  return unsaved.size > 0;
}

/** The page with unsaved changes, or null. After Back, the address bar already names another one. */
export function unsavedPlace(): Place | null {
  return [...unsaved.values()].at(-1) ?? null;
}

/**
 * With unsaved changes, leaving asks first: by a link or by Back and Forward, with `LeaveGuard`; by closing the tab, in the
 * browser's words.
 */
export function useUnsavedChanges(hasChanges: boolean): void {
  useEffect(() => {
    if (!hasChanges) return;
    const form = Symbol();
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    unsaved.set(form, { href: location.href, state: history.state });
    window.addEventListener('beforeunload', ask);
    return () => {
      unsaved.delete(form);
      window.removeEventListener('beforeunload', ask);
    };
  }, [hasChanges]);
}
