'use client';

import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { type CompiledMessages, mergeMessages } from './message';
import { type Locale, toIntlTag } from './model';

type Provided = { tag: string; messages: CompiledMessages };

const Context = createContext<Provided | null>(null);

/** What the providers above this component provide. */
export function useProvidedMessages(): Provided {
  const provided = useContext(Context);
  if (!provided) throw new Error('useTranslations needs an I18nProvider above it');
  return provided;
}

type Props = {
  locale: Locale;
  /** From `messagesOf(locale, …)`. Added to those of outer providers. */
  messages: CompiledMessages;
  children: ReactNode;
};

/** Messages for the client components below: `useTranslations('profile')`. */
export function I18nProvider({ locale, messages, children }: Props) {
  const outer = useContext(Context);
  const provided = useMemo(
    () => ({ tag: toIntlTag(locale), messages: mergeMessages(outer?.messages ?? {}, messages) }),
    [outer, locale, messages],
  );
  return <Context value={provided}>{children}</Context>;
}
