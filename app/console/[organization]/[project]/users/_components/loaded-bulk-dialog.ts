'use client';

import { OnDemand, overlayOnDemand } from '@/components/ui/overlay/on-demand';

/** `BulkDialog`, loaded when it is first needed. */
export const LoadedBulkDialog = overlayOnDemand(
  new OnDemand(() => import('./bulk-dialog')),
  (loaded) => loaded.BulkDialog,
);
