'use client';

import { useMemo } from 'react';
import { useTranslations as useForeign } from 'use-intl/react';
import { isolating } from './isolating';

/** Words for a client leaf, as `translator` has them for the server. */
export const useTranslations = ((...args: Parameters<typeof useForeign>) => {
  const t = useForeign(...args);
  return useMemo(() => isolating(t), [t]);
}) as typeof useForeign;
