'use client';

import { ButtonLink } from '@/components/ui/button-link';
import { useTranslations } from '@/lib/i18n/use-translations';
import { StatusPage } from './status-page';

/** A client component: Next sends the page for "not found" with every page. */
export function NotFound() {
  const t = useTranslations('common.notFound');
  return (
    <StatusPage
      title={t('title')}
      action={
        <ButtonLink href="/" variant="primary">
          {t('action')}
        </ButtonLink>
      }
    >
      <p>{t('body')}</p>
    </StatusPage>
  );
}
