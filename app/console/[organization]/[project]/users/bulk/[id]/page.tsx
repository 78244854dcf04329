import { notFound } from 'next/navigation';
import { PageHeading } from '@/components/shell/page-heading';
import { DescriptionList, DescriptionRow } from '@/components/ui/data/description-list';
import { DataTable, Row, RowHeader, Td, Th } from '@/components/ui/data/table';
import { Breadcrumbs } from '@/components/ui/layout/breadcrumbs';
import { Panel } from '@/components/ui/layout/panel';
import { type BulkAction, hasUnchanged, LEFT_OUT_REASONS } from '@/lib/bulk/model';
import { getBulkAction } from '@/lib/bulk/service';
import { formatNumber, type Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { displayName } from '@/lib/identity/model/name';
import { listAfter } from '@/lib/identity/service';
import { handledCount, leftOutCount } from '@/lib/job/model';
import { isAppError } from '@/lib/platform/errors';
import { may, requireProject } from '@/lib/web/console';
import { getLocale } from '@/lib/web/locale';
import { pageTitle } from '@/lib/web/page-title';
import { stop } from '../actions';
import { stateText } from '../state-text';
import { BulkProgress } from './_components/bulk-progress';

export const generateMetadata = pageTitle('consoleUsers.bulk', 'listTitle');

/** One bulk action: its progress, then its result. */
export default async function BulkActionPage({
  params,
}: PageProps<'/console/[organization]/[project]/users/bulk/[id]'>) {
  const { id, ...place } = await params;
  const proof = await requireProject(place);
  const [locale, action] = await Promise.all([
    getLocale(proof.person.identity.locale),
    getBulkAction(proof.project.id, id).catch((error: unknown) => {
      if (isAppError(error) && error.code === 'not_found') notFound();
      throw error;
    }),
  ]);
  const t = translator(locale, 'consoleUsers.bulk');
  const users = `/console/${place.organization}/${place.project}/users`;
  const isRunning = action.finishedAt === null;
  return (
    <>
      <Breadcrumbs
        label={translator(locale, 'common')('breadcrumbs')}
        items={[
          { text: translator(locale, 'consoleUsers')('title'), href: users },
          { text: t('listTitle'), href: `${users}/bulk` },
        ]}
        current={t(`actions.${action.kind}`)}
      />
      <PageHeading title={t(`actions.${action.kind}`)} />
      <div className="flex flex-col gap-6">
        <BulkProgress
          handled={handledCount(action)}
          total={action.total}
          isRunning={isRunning}
          isStopping={isRunning && action.endedBy !== null}
          text={isRunning ? progressText(action, locale) : resultText(action, locale)}
          label={t('progress')}
          stop={may(proof, 'admin') ? stop.bind(null, place, { id: action.id }) : null}
        />
        <Panel id="numbers" title={t('result')}>
          <Numbers action={action} locale={locale} />
        </Panel>
        {action.leftOut.people.length > 0 && (
          <LeftOut projectId={proof.project.id} action={action} base={users} locale={locale} />
        )}
      </div>
    </>
  );
}

function progressText(action: BulkAction, locale: Locale): string {
  const progress = { handled: handledCount(action), total: action.total };
  return translator(locale, 'consoleUsers.bulk')('progressOf', progress);
}

function resultText(action: BulkAction, locale: Locale): string {
  const t = translator(locale, 'consoleUsers.bulk');
  const { kind, done, endedSessions: sessions, endedBy } = action;
  const text = done === 0 ? t('nothingDone') : t(`done.${kind}`, { count: done, sessions });
  return endedBy === null ? text : `${t(`ended.${endedBy}`)} ${text}`;
}

function Numbers({ action, locale }: { action: BulkAction; locale: Locale }) {
  const t = translator(locale, 'consoleUsers.bulk');
  const { kind, done, unchanged, endedSessions, leftOut } = action;
  const reasons = LEFT_OUT_REASONS.filter((reason) => (leftOut.counts[reason] ?? 0) > 0);
  return (
    <DescriptionList>
      <DescriptionRow term={t('columns.state')}>{stateText(action, locale)}</DescriptionRow>
      <DescriptionRow term={t('columns.done')}>{formatNumber(done, locale)}</DescriptionRow>
      {kind !== 'invite' && kind !== 'activate' && (
        <DescriptionRow term={t('columns.sessions')}>{formatNumber(endedSessions, locale)}</DescriptionRow>
      )}
      {unchanged > 0 && hasUnchanged(kind) && (
        <DescriptionRow term={t('columns.unchanged')}>{t(`unchanged.${kind}`, { count: unchanged })}</DescriptionRow>
      )}
      {reasons.length > 0 && (
        <DescriptionRow term={t('columns.leftOut')}>
          <ul>
            {reasons.map((reason) => (
              <li key={reason}>{t(`leftOut.${reason}`, { count: leftOut.counts[reason] ?? 0 })}</li>
            ))}
          </ul>
        </DescriptionRow>
      )}
    </DescriptionList>
  );
}

type LeftOutProps = { projectId: string; action: BulkAction; base: string; locale: Locale };

/** Deleted ones since are not listed. */
async function LeftOut({ projectId, action, base, locale }: LeftOutProps) {
  const { people, counts } = action.leftOut;
  const t = translator(locale, 'consoleUsers.bulk');
  const ids = people.map(({ id }) => id);
  const found = new Map((await listAfter(projectId, { ids }, null, ids.length)).map((one) => [one.id, one]));
  const all = leftOutCount(counts);
  return (
    <section aria-labelledby="left-out" className="flex flex-col gap-3">
      <h2 id="left-out" className="text-base font-semibold">
        {t('leftOutTitle')}
      </h2>
      {all > people.length && <p className="text-muted">{t('leftOutFirst', { count: people.length, all })}</p>}
      <DataTable
        label={t('leftOutTitle')}
        head={
          <>
            <Th isWide>{translator(locale, 'consoleUsers')('list.name')}</Th>
            <Th isWide>{t('columns.reason')}</Th>
          </>
        }
      >
        {people.flatMap(({ id, reason }) => {
          const identity = found.get(id);
          if (!identity) return [];
          const name = displayName(identity) || id;
          return (
            <Row key={id}>
              <RowHeader href={`${base}/${id}`} title={name}>
                <bdi>{name}</bdi>
              </RowHeader>
              <Td>{t(`reasons.${reason}`)}</Td>
            </Row>
          );
        })}
      </DataTable>
    </section>
  );
}
