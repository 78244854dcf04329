'use client';

import { createContext, type ReactNode, use } from 'react';

const SingleKeys = createContext(true);

/** Whether single-key shortcuts are active here. */
export function ShortcutProvider({ hasSingleKeys, children }: { hasSingleKeys: boolean; children: ReactNode }) {
  return <SingleKeys value={hasSingleKeys}>{children}</SingleKeys>;
}

export function useHasSingleKeys(): boolean {
  return use(SingleKeys);
}
