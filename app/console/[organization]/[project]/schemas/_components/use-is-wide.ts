'use client';

import { useSyncExternalStore } from 'react';

/** `--breakpoint-lg` */
const WIDE = '(min-width: 64rem)';

function subscribe(notify: () => void): () => void {
  const query = matchMedia(WIDE);
  query.addEventListener('change', notify);
  return () => query.removeEventListener('change', notify);
}

/** Whether form and JSON fit beside each other; true on the server, whose page shows both in any case. */
export function useIsWide(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => matchMedia(WIDE).matches,
    () => true,
  );
}
