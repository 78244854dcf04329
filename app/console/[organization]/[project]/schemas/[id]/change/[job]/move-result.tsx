import { DescriptionList, DescriptionRow } from '@/components/ui/data/description-list';
import { DataTable, Row, RowHeader, Td, Th } from '@/components/ui/data/table';
import { Panel } from '@/components/ui/layout/panel';
import { Notice } from '@/components/ui/notice';
import { TextLink } from '@/components/ui/text-link';
import { translator } from '@/lib/i18n/translate';
import { displayName } from '@/lib/identity/model/name';
import { listByIds } from '@/lib/identity/service';
import { leftOutCount } from '@/lib/job/model';
import { type SchemaChange, STAY_REASONS } from '@/lib/schema-change/model';
import { schemaChangeSource } from '@/lib/schema-change/service';
import { undo } from '../actions';
import { StartJob } from './_components/start-job';
import { numberRow } from './number-row';
import type { View } from './view';

/** What a publication or an undo did, who stayed as they were, and the way back. */
export async function MoveResult(view: View) {
  const { change, place, href, locale, hasAdminRole } = view;
  const t = translator(locale, 'consoleSchemaChange');
  const job = await schemaChangeSource.find(change.projectId, change.id);
  const isUndo = change.kind === 'schema_undo';
  const values = { version: change.version ?? change.baseVersion, schema: change.schemaId, count: change.done };
  const undoneBy = job && !job.undo.possible && job.undo.reason === 'undone' ? job.undo.jobId : undefined;
  return (
    <>
      {undoneBy !== undefined && (
        <Notice word={translator(locale, 'common')('notice.info')}>
          {t.rich('undo.undone', { link: (words) => <TextLink href={`${href}/${undoneBy}`}>{words}</TextLink> })}
        </Notice>
      )}
      <Panel id="numbers" title={t('impact.numbers')}>
        <DescriptionList>
          {numbersOf(view).map(({ term, text }) => (
            <DescriptionRow key={term} term={term}>
              {text}
            </DescriptionRow>
          ))}
        </DescriptionList>
      </Panel>
      {change.leftOut.people.length > 0 && <Stays {...view} />}
      {isUndo && change.sourceJobId !== null && (
        <p>
          <TextLink href={`${href}/${change.sourceJobId}`}>{t('undo.of')}</TextLink>
        </p>
      )}
      {hasAdminRole && job?.undo.possible && (
        <div>
          <StartJob
            variant="secondary"
            label={t(isUndo ? 'undo.again' : 'undo.action')}
            title={t(isUndo ? 'undo.againTitle' : 'undo.title', values)}
            description={t(isUndo ? 'undo.againBody' : 'undo.body', values)}
            href={href}
            start={undo.bind(null, place, { job: change.id })}
          />
        </div>
      )}
    </>
  );
}

function numbersOf({ change, locale }: View) {
  const t = translator(locale, 'consoleSchemaChange');
  const { done, unchanged, leftOut } = change;
  return [
    ...numberRow(t('publish.moved'), done, locale, true),
    ...numberRow(t('publish.unchanged'), unchanged, locale),
    ...STAY_REASONS.flatMap((reason) => numberRow(t(`stays.reasons.${reason}`), leftOut.counts[reason] ?? 0, locale)),
  ];
}

async function Stays({ change, users, locale }: View) {
  const t = translator(locale, 'consoleSchemaChange.stays');
  const { people, counts } = change.leftOut;
  const found = await namesOf(change);
  const all = leftOutCount(counts);
  return (
    <Panel
      id="stays"
      title={t('title')}
      help={all > people.length ? t('first', { count: people.length, all }) : undefined}
      isFlush
    >
      <DataTable
        label={t('title')}
        isFlush
        head={
          <>
            <Th isWide>{translator(locale, 'consoleSchemaChange.impact')('user')}</Th>
            <Th isWide>{t('reason')}</Th>
          </>
        }
      >
        {people.map(({ id, reason }) => {
          const name = found.get(id);
          return (
            <Row key={id}>
              <RowHeader href={name === undefined ? undefined : `${users}/${id}`} title={name ?? id}>
                <bdi>{name ?? id}</bdi>
              </RowHeader>
              <Td>{t(`reasons.${reason}`)}</Td>
            </Row>
          );
        })}
      </DataTable>
    </Panel>
  );
}

async function namesOf({ projectId, leftOut }: SchemaChange): Promise<Map<string, string>> {
  const ids = leftOut.people.map(({ id }) => id);
  return new Map(
    (await listByIds(projectId, ids)).map((identity) => [identity.id, displayName(identity) || identity.id]),
  );
}
