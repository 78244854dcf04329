import './globals.css';
import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { accentProps } from '@/components/brand/accent';
import { ProjectMarkProvider } from '@/components/brand/project-mark';
import { DocumentLanguage } from '@/components/shell/document-language';
import { FocusHeading } from '@/components/shell/focus-heading';
import { SkipLink } from '@/components/ui/layout/skip-link';
import { ToastRegion } from '@/components/ui/overlay/toast';
import { FRAME_MESSAGES } from '@/lib/i18n/frame-messages';
import { directionOf } from '@/lib/i18n/model';
import { I18nProvider } from '@/lib/i18n/provider';
import { messagesOf, translator } from '@/lib/i18n/translate';
import { getConsoleLocale, getLocale, getPersonLocale, getTheme } from '@/lib/web/locale';
import { requestContext } from '@/lib/web/session';

export const metadata: Metadata = {
  title: 'Signet',
  robots: { index: false, follow: false },
  formatDetection: { telephone: false, email: false, address: false },
};

const PAPER = { light: '#fbf9f6', dark: '#15120f' };

export async function generateViewport(): Promise<Viewport> {
  const theme = await getTheme();
  return {
    themeColor:
      theme === 'system'
        ? [
            { media: '(prefers-color-scheme: light)', color: PAPER.light },
            { media: '(prefers-color-scheme: dark)', color: PAPER.dark },
          ]
        : PAPER[theme],
  };
}

/**
 * The root layout. It reads cookies and headers, so every page is rendered per request: the CSP nonce is new each time
 * and must not end up in a prerendered file.
 */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, personLocale, consoleLocale, theme, { accentColor, logoHash }] = await Promise.all([
    getLocale(),
    getPersonLocale(),
    getConsoleLocale(),
    getTheme(),
    requestContext(),
  ]);
  const t = translator(locale, 'common');
  return (
    <html
      lang={locale}
      dir={directionOf(locale)}
      data-theme={theme === 'system' ? undefined : theme}
      {...accentProps(accentColor)}
    >
      <body>
        <DocumentLanguage personLocale={personLocale} consoleLocale={consoleLocale}>
          {/* The console brings its own messages where its language differs. */}
          <I18nProvider locale={personLocale} messages={messagesOf(personLocale, ...FRAME_MESSAGES)}>
            <ToastRegion label={t('notifications')} dismissLabel={t('dismiss')} shortcutHint={t('toastShortcut')}>
              {/* A stacking context, so that the dialogs and menus after it appear above. */}
              <div className="isolate flex min-h-dvh flex-col">
                <SkipLink>{t('skipToContent')}</SkipLink>
                <ProjectMarkProvider logoHash={logoHash}>{children}</ProjectMarkProvider>
              </div>
              <FocusHeading />
            </ToastRegion>
          </I18nProvider>
        </DocumentLanguage>
      </body>
    </html>
  );
}
