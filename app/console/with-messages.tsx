import type { ReactNode } from 'react';
import type { Namespace } from '@/lib/i18n/catalogue';
import { I18nProvider } from '@/lib/i18n/provider';
import { messagesOf } from '@/lib/i18n/translate';
import { getLocale } from '@/lib/web/locale';
import { currentSession } from '@/lib/web/session';

/** A layout that adds message catalogues for the client components below it. Performs no authorization. */
export function withMessages(...namespaces: Namespace[]) {
  return async function Layout({ children }: { children: ReactNode }) {
    const locale = await getLocale((await currentSession())?.identity.locale);
    return (
      <I18nProvider locale={locale} messages={messagesOf(locale, ...namespaces)}>
        {children}
      </I18nProvider>
    );
  };
}
