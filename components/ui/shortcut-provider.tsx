'use client';

import { createContext, type ReactNode, use } from 'react';

const SingleKeys = createContext(true);

/** Whether a key by itself may do something in here. */
export function ShortcutProvider({ hasSingleKeys, children }: { hasSingleKeys: boolean; children: ReactNode }) {
  return <SingleKeys value={hasSingleKeys}>{children}</SingleKeys>;
}

export function useHasSingleKeys(): boolean {
  return use(SingleKeys);
}
