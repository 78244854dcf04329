'use client';

import { useEffect, useRef } from 'react';

/** A single key ("/") or one with Ctrl or Cmd ("k"). */
export type Shortcut = { key: string; hasCommand?: boolean };

/**
 * Calls `run` when the key is pressed anywhere on the page. A single key is ignored while typing; every key is ignored
 * behind an open dialog, or once another handler has handled it.
 */
export function useShortcut(shortcut: Shortcut | null, run: () => void): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  const { key, hasCommand = false } = shortcut ?? {};
  useEffect(() => {
    if (!key) return;
    const answer = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.altKey) return;
      if (event.key.toLowerCase() !== key || (event.ctrlKey || event.metaKey) !== hasCommand) return;
      if (!hasCommand && isTyping(event.target)) return;
      if (document.querySelector('[role="dialog"], [role="alertdialog"]')) return;
      event.preventDefault();
      latest.current();
    };
    document.addEventListener('keydown', answer);
    return () => document.removeEventListener('keydown', answer);
  }, [key, hasCommand]);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches('input, textarea, select');
}
