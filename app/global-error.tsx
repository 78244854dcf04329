'use client';

import './globals.css';
import { Fragment } from 'react';
import { StatusPage } from '@/components/shell/status-page';
import { buttonStyle } from '@/components/ui/button-style';
import { directionOf, LOCALES, type Locale } from '@/lib/i18n/model';

/**
 * The last resort, when even the root layout fails. Next prerenders it, so it knows neither language nor nonce: it
 * shows every language at once and needs no script. Its form requests the same URL again.
 */
const WORDS = {
  en: {
    title: 'Something went wrong on our side',
    body: 'It was nothing you did. Try again in a moment.',
    action: 'Try again',
  },
  de: {
    title: 'Bei uns ist etwas schiefgelaufen',
    body: 'Es lag nicht an Ihnen. Versuchen Sie es gleich noch einmal.',
    action: 'Noch einmal versuchen',
  },
  fr: {
    title: 'Une erreur s’est produite de notre côté',
    body: 'Ce n’est pas de votre fait. Réessayez dans un instant.',
    action: 'Réessayer',
  },
  es: {
    title: 'Algo ha fallado por nuestra parte',
    body: 'No ha sido culpa suya. Inténtelo de nuevo en un momento.',
    action: 'Reintentar',
  },
  ar: {
    title: 'حدث خطأ من جانبنا',
    body: 'لم يكن السبب منك. حاول مرة أخرى بعد لحظات.',
    action: 'إعادة المحاولة',
  },
} satisfies Record<Locale, { title: string; body: string; action: string }>;

const OTHERS = LOCALES.filter((locale) => locale !== 'en');

export default function GlobalError({ error }: { error: unknown }) {
  const reference = error instanceof Error && 'digest' in error ? String(error.digest) : undefined;
  return (
    <html lang="en">
      <body>
        <title>{WORDS.en.title}</title>
        <div className="flex min-h-dvh flex-col">
          <StatusPage
            title={WORDS.en.title}
            action={
              <form>
                <button type="submit" className={buttonStyle('primary')}>
                  <span>
                    {WORDS.en.action}
                    {OTHERS.map((locale) => (
                      <Fragment key={locale}>
                        {' '}
                        <span aria-hidden>·</span>{' '}
                        <span lang={locale} dir={directionOf(locale)}>
                          {WORDS[locale].action}
                        </span>
                      </Fragment>
                    ))}
                  </span>
                </button>
              </form>
            }
            footnote={reference && <code className="font-mono">{reference}</code>}
          >
            <p>{WORDS.en.body}</p>
            {OTHERS.map((locale) => (
              <div key={locale} lang={locale} dir={directionOf(locale)} className="mt-2 text-muted">
                <p className="font-semibold">{WORDS[locale].title}</p>
                <p>{WORDS[locale].body}</p>
              </div>
            ))}
          </StatusPage>
        </div>
      </body>
    </html>
  );
}
