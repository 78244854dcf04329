'use client';

import { useEffect } from 'react';

/** Leaves this page, and its entry in the history: going back must not sign in again. */
export function Leave({ href }: { href: string }) {
  useEffect(() => window.location.replace(href), [href]);
  return null;
}
