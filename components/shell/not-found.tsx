'use client';

import { buttonStyle } from '@/components/ui/button-style';
import { useTranslations } from '@/lib/i18n/use-translations';
import { StatusPage } from './status-page';

/** A client component with a plain link, and so small: Next sends the page for "not found" with every page. */
export function NotFound() {
  const t = useTranslations('common.notFound');
  return (
    <StatusPage
      title={t('title')}
      action={
        <a href="/" className={buttonStyle('primary')}>
          {t('action')}
        </a>
      }
    >
      <p>{t('body')}</p>
    </StatusPage>
  );
}
