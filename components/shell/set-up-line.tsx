import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';

/** Before there is an operator: what the page says instead of signing in. */
export function notSetUpWords(locale: Locale, project: string): { title: string; lead: string } {
  const t = translator(locale, 'setup.pending');
  return { title: t('title', { project }), lead: t('lead') };
}

/** How the line with the link looks on the terminal. The token is the terminal's alone. */
export function SetUpLine({ origin }: { origin: string }) {
  return (
    <p className="rounded-md border border-line bg-sunken px-3 py-2 font-mono text-sm wrap-anywhere" dir="ltr">
      Set up: {origin}/setup?token=…
    </p>
  );
}
