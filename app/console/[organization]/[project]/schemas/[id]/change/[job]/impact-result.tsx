import { changesOf, fieldName, fieldValue } from '@/components/audit/event-fields';
import { repairText, suggestionText } from '@/components/schema/repair-text';
import { ButtonLink } from '@/components/ui/button-link';
import { DescriptionList, DescriptionRow } from '@/components/ui/data/description-list';
import { DataTable, Row, RowHeader, Td, Th } from '@/components/ui/data/table';
import { Panel } from '@/components/ui/layout/panel';
import { Notice } from '@/components/ui/notice';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { truncateText } from '@/lib/platform/text';
import { fieldsOf, fieldTitle, type IdentitySchema } from '@/lib/schema/model';
import { findSchema, getSchema } from '@/lib/schema/service';
import type { Impact } from '@/lib/schema-change/model';
import type { Reason } from '@/lib/schema-change/model/reason';
import { suggestionsFor } from '@/lib/schema-change/model/suggest';
import { type PersonPreview, previewPeople } from '@/lib/schema-change/service';
import { checkRepairs, publish } from '../actions';
import { CheckRepairs } from './_components/check-repairs';
import { DiscardRepair } from './_components/discard-repair';
import { StartJob } from './_components/start-job';
import { numberRow } from './number-row';
import type { View } from './view';

type People = Map<string, PersonPreview>;

/** What a draft would do: numbers, reasons with their repairs, and before and after. */
export async function ImpactResult(view: View) {
  const { change, href, locale } = view;
  const { impact, projectId, schemaId, baseVersion } = change;
  if (!impact) return null;
  const ids = [...new Set([...impact.reasons.flatMap(({ people }) => people), ...impact.changedPeople])];
  const [people, newest, before] = await Promise.all([
    previewPeople(change, ids),
    findSchema(projectId, schemaId),
    getSchema(projectId, schemaId, baseVersion),
  ]);
  const t = translator(locale, 'consoleSchemaChange.impact');
  const common = translator(locale, 'common');
  const isStale = newest?.version !== baseVersion;
  return (
    <>
      {isStale && (
        <Notice tone="warning" word={common('notice.warning')}>
          {t('stale')}
        </Notice>
      )}
      {impact.locked > 0 && (
        <Notice tone="warning" word={common('notice.warning')}>
          {t('locked', { count: impact.locked })}
        </Notice>
      )}
      <Panel id="numbers" title={t('numbers')}>
        <DescriptionList>
          {numbersOf(impact, locale).map(({ term, text }) => (
            <DescriptionRow key={term} term={term}>
              {text}
            </DescriptionRow>
          ))}
        </DescriptionList>
      </Panel>
      {change.repairs.length > 0 && <Repairs {...view} impact={impact} />}
      {impact.reasons.length > 0 && <Reasons {...view} impact={impact} people={people} before={before} />}
      {impact.changedPeople.length > 0 && <BeforeAfter {...view} impact={impact} people={people} />}
      {view.hasAdminRole && (
        <div className="flex flex-wrap gap-3">
          {!isStale && change.endedBy === null && <Publish {...view} impact={impact} />}
          <ButtonLink href={`${href}?from=${change.id}`}>{t('editJson')}</ButtonLink>
        </div>
      )}
    </>
  );
}

type Part = View & { impact: Impact };

function Publish({ change, place, href, locale, impact }: Part) {
  const t = translator(locale, 'consoleSchemaChange.publish');
  const moving = impact.valid + impact.repaired;
  const staying = impact.invalid + impact.left + impact.operators;
  return (
    <StartJob
      label={t('action')}
      title={t('title', { version: change.baseVersion + 1, schema: change.schemaId })}
      description={t('body', { moving, staying })}
      href={href}
      start={publish.bind(null, place, { job: change.id })}
    />
  );
}

function numbersOf(impact: Impact, locale: Locale) {
  const t = translator(locale, 'consoleSchemaChange.impact');
  return [
    ...numberRow(t('valid'), impact.valid, locale, true),
    ...numberRow(t('repaired'), impact.repaired, locale),
    ...numberRow(t('left'), impact.left, locale),
    ...numberRow(t('operators'), impact.operators, locale),
    ...numberRow(t('invalid'), impact.invalid, locale, true),
  ];
}

function Repairs({ change, place, href, locale, hasAdminRole, impact }: Part) {
  const t = translator(locale, 'consoleSchemaChange.impact');
  return (
    <Panel id="repairs" title={t('repairs')} help={t('repairsHelp')}>
      <ol className="flex flex-col divide-y divide-line">
        {change.repairs.map((repair, at) => {
          const text = repairText(repair, locale);
          const { changed = 0, failed = 0 } = impact.repairs[at] ?? {};
          const others = change.repairs.filter((_, index) => index !== at);
          return (
            <li
              key={JSON.stringify(repair)}
              className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3 first:pt-0 last:pb-0"
            >
              <div className="min-w-0">
                <p className="wrap-anywhere">{text}</p>
                {repair.op !== 'leave' && (
                  <p className="text-sm text-muted">{t('repairCounts', { changed, failed })}</p>
                )}
              </div>
              {hasAdminRole && (
                <DiscardRepair
                  label={t('discard')}
                  name={t('discardName', { repair: text })}
                  href={href}
                  check={checkRepairs.bind(null, place, { job: change.id, repairs: others })}
                />
              )}
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}

function Reasons({ people, before, ...view }: Part & { people: People; before: IdentitySchema }) {
  const { change, place, href, locale, impact, hasAdminRole } = view;
  const t = translator(locale, 'consoleSchemaChange.impact');
  const context = { before: before.document, after: change.document, others: impact.reasons };
  const shown = impact.reasons.map((reason) => {
    const field = titleOf(reason.pointer, change.document, locale);
    return {
      key: `${reason.keyword} ${reason.pointer}`,
      label: t('repair', { field, message: reason.message }),
      options: suggestionsFor(reason, context).map((repairs) => ({ repairs, text: suggestionText(repairs, locale) })),
      children: <ReasonText {...view} reason={reason} field={field} people={people} />,
    };
  });
  return (
    <Panel id="reasons" title={t('reasons')} help={hasAdminRole ? t('reasonsHelp') : undefined} isFlush>
      {hasAdminRole ? (
        <CheckRepairs
          reasons={shown}
          chosen={change.repairs}
          href={href}
          job={change.id}
          check={checkRepairs.bind(null, place)}
        />
      ) : (
        shown.map(({ key, children }) => (
          <div key={key} className="p-4 sm:px-5">
            {children}
          </div>
        ))
      )}
      {impact.hasMoreReasons && <p className="px-4 pb-4 text-muted sm:px-5">{t('moreReasons')}</p>}
    </Panel>
  );
}

type ReasonProps = Part & { reason: Reason; field: string; people: People };

function ReasonText({ reason, field, people, users, locale }: ReasonProps) {
  const t = translator(locale, 'consoleSchemaChange.impact');
  const shown = reason.people.flatMap((id) => people.get(id) ?? []);
  return (
    <div className="flex flex-col gap-3">
      <div>
        <h3 className="font-semibold wrap-anywhere">
          <bdi>{field}</bdi>: {reason.message}
        </h3>
        <p className="text-sm text-muted">
          {t('count', { count: reason.count })} ·{' '}
          <code className="font-mono text-xs wrap-anywhere">{reason.pointer}</code>
        </p>
      </div>
      {shown.length > 0 && (
        <DataTable
          label={t('first')}
          head={
            <>
              <Th isWide>{t('user')}</Th>
              <Th isWide>{t('value')}</Th>
            </>
          }
        >
          {shown.map(({ id, name, faults }) => {
            const fault = faults.find(
              ({ pointer, keyword }) => pointer === reason.pointer && keyword === reason.keyword,
            );
            return (
              <Row key={id}>
                <RowHeader href={`${users}/${id}`} title={name}>
                  <bdi>{name || id}</bdi>
                </RowHeader>
                <Td>{fault ? <Value value={fault.value} none={t('noValue')} /> : t('solved')}</Td>
              </Row>
            );
          })}
        </DataTable>
      )}
    </div>
  );
}

const MAX_SHOWN = 200;

function Value({ value, none }: { value: PersonPreview['faults'][number]['value']; none: string }) {
  if (value === undefined) return <span className="text-muted">{none}</span>;
  return <code className="font-mono text-xs wrap-anywhere">{truncateText(JSON.stringify(value), MAX_SHOWN)}</code>;
}

function BeforeAfter({ change, impact, people, users, locale }: Part & { people: People }) {
  const t = translator(locale, 'consoleSchemaChange.impact');
  const none = <span className="text-muted">{t('noValue')}</span>;
  const titles = new Map(fieldsOf(change.document).map((field) => [field.pointer, fieldTitle(field, locale)]));
  const rows = impact.changedPeople.flatMap((id) => {
    const person = people.get(id);
    return person ? changesOf({ details: { changes: person.changes } }).map((field) => ({ person, field })) : [];
  });
  return (
    <Panel id="preview" title={t('preview')} help={t('previewHelp')} isFlush>
      <DataTable
        label={t('preview')}
        isFlush
        head={
          <>
            <Th isWide>{t('user')}</Th>
            <Th>{t('field')}</Th>
            <Th isWide>{t('before')}</Th>
            <Th isWide>{t('after')}</Th>
          </>
        }
      >
        {rows.map(({ person, field: [pointer, { before, after }] }) => (
          <Row key={`${person.id} ${pointer}`}>
            <RowHeader href={`${users}/${person.id}`} title={person.name}>
              <bdi>{person.name || person.id}</bdi>
            </RowHeader>
            <Td>{fieldName(pointer, titles, locale)}</Td>
            <Td>{fieldValue(pointer, before, locale) ?? none}</Td>
            <Td>{fieldValue(pointer, after, locale) ?? none}</Td>
          </Row>
        ))}
      </DataTable>
    </Panel>
  );
}

/** The schema's title of a field, or its path. */
function titleOf(pointer: string, document: IdentitySchema['document'], locale: Locale): string {
  const titles = new Map(fieldsOf(document).map((field) => [field.pointer, fieldTitle(field, locale)]));
  return titles.get(pointer.replace(/\/\*$/, '')) ?? fieldName(pointer, titles, locale);
}
