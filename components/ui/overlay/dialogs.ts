'use client';

import { OnDemand, overlayOnDemand } from './on-demand';

/** One piece of code: most of it is the same for all of them. */
const code = new OnDemand(() => import('./loaded-dialogs'));

export const Dialog = overlayOnDemand(code, (loaded) => loaded.Dialog);
export const AlertDialog = overlayOnDemand(code, (loaded) => loaded.AlertDialog);
export const Drawer = overlayOnDemand(code, (loaded) => loaded.Drawer);
