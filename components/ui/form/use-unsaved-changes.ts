'use client';

import { useEffect } from 'react';

/** One for each form with unsaved changes. */
const unsaved = new Set<symbol>();

export function hasUnsavedChanges(): boolean {
  return unsaved.size > 0;
}

/** With unsaved changes, leaving asks first: by a link, with `LeaveGuard`; by closing the tab, in the browser's words. */
export function useUnsavedChanges(hasChanges: boolean): void {
  useEffect(() => {
    if (!hasChanges) return;
    const form = Symbol();
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    unsaved.add(form);
    window.addEventListener('beforeunload', ask);
    return () => {
      unsaved.delete(form);
      window.removeEventListener('beforeunload', ask);
    };
  }, [hasChanges]);
}
