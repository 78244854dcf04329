'use client';

import { OnDemand, overlayOnDemand } from '@/components/ui/overlay/on-demand';

/** `ChangeDialog`, loaded when it is first needed. */
export const LoadedChangeDialog = overlayOnDemand(
  new OnDemand(() => import('./change-dialog')),
  (loaded) => loaded.ChangeDialog,
);
