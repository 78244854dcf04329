'use client';

import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { IntlProvider } from 'use-intl/react';
import type { Messages, Translated } from './catalogue';
import { type Locale, toIntlTag } from './model';

const Outer = createContext<Partial<Translated>>({});

type Props = {
  locale: Locale;
  /** From `messagesOf(locale, …)`. Added to those of outer providers. */
  messages: Partial<Translated>;
  children: ReactNode;
};

/** Messages for the client components below: `useTranslations('profile')`. */
export function I18nProvider({ locale, messages, children }: Props) {
  const outer = useContext(Outer);
  const merged = useMemo(() => ({ ...outer, ...messages }), [outer, messages]);
  return (
    <Outer value={merged}>
      {/* The types of keys and arguments come from the English literals, see translate.ts. */}
      <IntlProvider locale={toIntlTag(locale)} messages={merged as unknown as Partial<Messages>} timeZone="UTC">
        {children}
      </IntlProvider>
    </Outer>
  );
}
