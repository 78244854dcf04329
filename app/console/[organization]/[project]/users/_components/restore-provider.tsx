'use client';

import { createContext, type ReactNode, use } from 'react';
import type { ActionResult } from '@/lib/platform/action-result';

export type Restore = (input: {
  id: string;
  changes?: Record<string, string | null>;
}) => Promise<ActionResult<unknown>>;

const Context = createContext<Restore | null>(null);

type Props = { restore: Restore; children: ReactNode };

/**
 * The action that restores a deleted user, on every page of the users: the toast after a deletion calls it from the list,
 * and Next runs an action on the page that is open.
 */
export function RestoreProvider({ restore, children }: Props) {
  return <Context value={restore}>{children}</Context>;
}

export function useRestore(): Restore {
  const restore = use(Context);
  if (!restore) throw new Error('useRestore needs a RestoreProvider above it');
  return restore;
}
