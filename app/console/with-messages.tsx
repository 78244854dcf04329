import type { ReactNode } from 'react';
import { I18nProvider } from '@/lib/i18n/provider';
import { type MessagePath, messagesOf } from '@/lib/i18n/translate';
import { getLocale } from '@/lib/web/locale';
import { currentSession } from '@/lib/web/session';

/** A layout that adds messages for the client components below it. Performs no authorization. */
export function withMessages(...paths: MessagePath[]) {
  return async function Layout({ children }: { children: ReactNode }) {
    const locale = await getLocale((await currentSession())?.identity.locale);
    return (
      <I18nProvider locale={locale} messages={messagesOf(locale, ...paths)}>
        {children}
      </I18nProvider>
    );
  };
}
