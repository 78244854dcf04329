import { ConsoleStatus } from '@/components/shell/console-status';
import { ButtonLink } from '@/components/ui/button-link';
import { translator } from '@/lib/i18n/translate';
import { getLocale } from '@/lib/web/locale';
import { pageTitle } from '@/lib/web/page-title';

export const generateMetadata = pageTitle('console.notFound', 'title');

/** For operators, in the console's layout. Anyone else sees the product's own page. */
export default async function NotFound() {
  const t = translator(await getLocale(), 'console.notFound');
  return (
    <ConsoleStatus
      title={t('title')}
      action={
        <ButtonLink href="/console" variant="primary">
          {t('action')}
        </ButtonLink>
      }
    >
      <p>{t('body')}</p>
    </ConsoleStatus>
  );
}
