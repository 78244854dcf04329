'use client';

import { OnDemand, type Overlay, overlayOnDemand } from '@/components/ui/overlay/on-demand';
import type { CodeFormProps } from './code-form';

/** For `useOnFirstMove` where `CodeForm` will be shown. */
export const codeForm = new OnDemand(() => import('./code-form'));

/** `CodeForm` for pages on which few people enter a code. */
export const CodeForm = overlayOnDemand<typeof import('./code-form'), CodeFormProps & Overlay>(
  codeForm,
  (loaded) => loaded.CodeForm,
);
