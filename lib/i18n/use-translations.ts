'use client';

import { useMemo } from 'react';
import { useTranslations as useForeign } from 'use-intl/react';
import { isolating } from './isolating';

/** The client-side counterpart of `translator`. */
export const useTranslations = ((...args: Parameters<typeof useForeign>) => {
  const t = useForeign(...args);
  return useMemo(() => isolating(t), [t]);
}) as typeof useForeign;
