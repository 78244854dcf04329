'use client';

import { type ComponentProps, lazy } from 'react';
import { OnDemand } from '@/components/ui/overlay/on-demand';

/** Loads with the person's first move on the first step (`useOnFirstMove`). */
export const codeStep = new OnDemand(() => import('./code-step'));

/** The steps that most visits of the page do not reach: not part of its scripts. */
const LazyCodeStep = lazy(async () => ({ default: (await codeStep.load()).CodeStep }));
const LazyDetailsStep = lazy(async () => ({ default: (await import('./details-step')).DetailsStep }));

export function CodeStep(props: ComponentProps<typeof LazyCodeStep>) {
  return <LazyCodeStep {...props} />;
}

export function DetailsStep(props: ComponentProps<typeof LazyDetailsStep>) {
  return <LazyDetailsStep {...props} />;
}
