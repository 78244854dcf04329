import { PageHeading } from '@/components/shell/page-heading';
import { EmptyState } from '@/components/ui/data/empty-state';
import { RelativeTime } from '@/components/ui/data/relative-time';
import { DataTable, Row, RowHeader, Td, Th } from '@/components/ui/data/table';
import { Breadcrumbs } from '@/components/ui/layout/breadcrumbs';
import { listBulkActions } from '@/lib/bulk/service';
import { formatNumber } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { leftOutCount } from '@/lib/job/model';
import { requireProject } from '@/lib/web/console';
import { getLocale } from '@/lib/web/locale';
import { pageTitle } from '@/lib/web/page-title';
import { stateText } from './state-text';

export const generateMetadata = pageTitle('consoleUsers.bulk', 'listTitle');

const SHOWN = 50;

/** The latest bulk actions, of the last month. */
export default async function BulkActionsPage({ params }: PageProps<'/console/[organization]/[project]/users/bulk'>) {
  const { organization, project } = await params;
  const proof = await requireProject({ organization, project });
  const [locale, actions] = await Promise.all([
    getLocale(proof.person.identity.locale),
    listBulkActions(proof.project.id, {}, { limit: SHOWN }),
  ]);
  const t = translator(locale, 'consoleUsers.bulk');
  const users = `/console/${organization}/${project}/users`;
  const now = new Date();
  return (
    <>
      <Breadcrumbs
        label={translator(locale, 'common')('breadcrumbs')}
        items={[{ text: translator(locale, 'consoleUsers')('title'), href: users }]}
        current={t('listTitle')}
      />
      <PageHeading title={t('listTitle')}>{t('listHelp')}</PageHeading>
      {actions.length === 0 ? (
        <EmptyState>{t('listEmpty')}</EmptyState>
      ) : (
        <DataTable
          label={t('listTitle')}
          head={
            <>
              <Th isWide>{t('columns.action')}</Th>
              <Th>{t('columns.state')}</Th>
              <Th isNumeric>{t('columns.done')}</Th>
              <Th isNumeric hideBelow="sm">
                {t('columns.leftOut')}
              </Th>
              <Th hideBelow="md">{t('columns.started')}</Th>
            </>
          }
        >
          {actions.map((action) => (
            <Row key={action.id}>
              <RowHeader href={`${users}/bulk/${action.id}`} title={t(`actions.${action.kind}`)}>
                {t(`actions.${action.kind}`)}
              </RowHeader>
              <Td isNoWrap>{stateText(action, locale)}</Td>
              <Td isNumeric>{formatNumber(action.done, locale)}</Td>
              <Td isNumeric hideBelow="sm">
                {formatNumber(leftOutCount(action.leftOut.counts), locale)}
              </Td>
              <Td isMuted isNoWrap hideBelow="md">
                <RelativeTime value={action.createdAt} now={now} locale={locale} />
              </Td>
            </Row>
          ))}
        </DataTable>
      )}
    </>
  );
}
