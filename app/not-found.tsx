import { StatusPage } from '@/components/shell/status-page';
import { ButtonLink } from '@/components/ui/button-link';
import { translator } from '@/lib/i18n/translate';
import { getLocale } from '@/lib/web/locale';
import { pageTitle } from '@/lib/web/page-title';

export const generateMetadata = pageTitle('common.notFound', 'title');

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
