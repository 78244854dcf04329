'use client';

import './globals.css';
import { StatusPage } from '@/components/shell/status-page';
import { buttonStyle } from '@/components/ui/button-style';
import { LOCALES } from '@/lib/i18n/model';

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
};

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
                    {WORDS.en.action} <span aria-hidden>·</span> <span lang="de">{WORDS.de.action}</span>
                  </span>
                </button>
              </form>
            }
            footnote={reference && <code className="font-mono">{reference}</code>}
          >
            <p>{WORDS.en.body}</p>
            {LOCALES.filter((locale) => locale !== 'en').map((locale) => (
              <div key={locale} lang={locale} className="mt-2 text-muted">
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
