import type { Metadata } from 'next';
import { StatusPage } from '@/components/shell/status-page';
import { ButtonLink } from '@/components/ui/button-link';
import { translator } from '@/lib/i18n/translate';
import { getLocale } from '@/lib/web/locale';

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await getLocale(), 'common.notFound')('title') };
}

export default async function NotFound() {
  const t = translator(await getLocale(), 'common.notFound');
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
