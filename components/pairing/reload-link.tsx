import { buttonStyle } from '@/components/ui/button-style';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';

/** Without scripts, a page that waits is reloaded by hand. A plain link: it loads the document. */
export function ReloadLink({ href, locale }: { href: string; locale: Locale }) {
  const t = translator(locale, 'pairing');
  return (
    <noscript>
      <div className="flex flex-col items-start gap-3">
        <p className="text-sm text-muted">{t('reloadHelp')}</p>
        <a href={href} className={buttonStyle()}>
          {t('reload')}
        </a>
      </div>
    </noscript>
  );
}
