'use client';

import { useMemo } from 'react';
import type { useTranslations as Typed } from 'use-intl/react';
import { createFormatter, messagesAt } from './message';
import { useProvidedMessages } from './provider';

/** The client-side counterpart of `translator`. */
export const useTranslations = ((scope: string) => {
  const { tag, messages } = useProvidedMessages();
  return useMemo(() => createFormatter(tag, scope, messagesAt(messages, scope)), [tag, messages, scope]);
}) as unknown as typeof Typed;
