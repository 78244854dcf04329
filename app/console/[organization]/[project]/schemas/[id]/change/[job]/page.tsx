import { notFound } from 'next/navigation';
import { PageHeading } from '@/components/shell/page-heading';
import { Breadcrumbs } from '@/components/ui/layout/breadcrumbs';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { handledCount, isOver, stateOf } from '@/lib/job/model';
import { isAppError } from '@/lib/platform/errors';
import type { SchemaChange } from '@/lib/schema-change/model';
import { getSchemaChange } from '@/lib/schema-change/service';
import { may, requireProject } from '@/lib/web/console';
import { getLocale } from '@/lib/web/locale';
import { pageTitle } from '@/lib/web/page-title';
import { stop } from '../actions';
import { JobProgress } from './_components/job-progress';
import { ImpactResult } from './impact-result';
import { MoveResult } from './move-result';

export const generateMetadata = pageTitle('consoleSchemaChange', 'change');

/** One job of a schema: an impact, a publication, or its undo; its progress, then its result. */
export default async function SchemaChangePage({
  params,
}: PageProps<'/console/[organization]/[project]/schemas/[id]/change/[job]'>) {
  const { id, job, ...place } = await params;
  const proof = await requireProject(place);
  const change = await getSchemaChange(proof.project.id, job).catch((error: unknown) => {
    if (isAppError(error) && error.code === 'not_found') notFound();
    throw error;
  });
  if (change.schemaId !== decodeURIComponent(id)) notFound();
  const locale = await getLocale(proof.person.identity.locale);
  const t = translator(locale, 'consoleSchemaChange');
  const base = `/console/${place.organization}/${place.project}`;
  const href = `${base}/schemas/${encodeURIComponent(change.schemaId)}`;
  const isRunning = !isOver({ state: stateOf(change) });
  const hasAdminRole = may(proof, 'admin');
  const view = { change, place, href: `${href}/change`, users: `${base}/users`, locale, hasAdminRole };
  return (
    <>
      <Breadcrumbs
        label={translator(locale, 'common')('breadcrumbs')}
        items={[
          { href: `${base}/schemas`, text: translator(locale, 'consoleSchemas')('title') },
          { href, text: change.schemaId },
        ]}
        current={t(`kinds.${change.kind}`)}
      />
      <PageHeading title={t(`${HEADINGS[change.kind]}.heading`, { schema: change.schemaId })} />
      <div className="flex flex-col gap-6">
        <JobProgress
          {...progressOf(change)}
          text={isRunning ? progressText(change, locale) : resultText(change, locale)}
          label={t('progress')}
          isRunning={isRunning}
          isStopping={change.endedBy !== null}
          canStop={hasAdminRole}
          stop={stop.bind(null, place, { job: change.id })}
        />
        {!isRunning && (change.kind === 'schema_impact' ? <ImpactResult {...view} /> : <MoveResult {...view} />)}
      </div>
    </>
  );
}

const HEADINGS = { schema_impact: 'impact', schema_publish: 'publish', schema_undo: 'undo' } as const;

function progressOf(change: SchemaChange): { share: number } {
  const { total } = change;
  return { share: total === null || total === 0 ? 0 : Math.min(1, handledCount(change) / total) };
}

function progressText(change: SchemaChange, locale: Locale): string {
  const t = translator(locale, 'consoleSchemaChange');
  const { total } = change;
  return total === null ? t('counting') : t('progressOf', { handled: handledCount(change), total });
}

function resultText(change: SchemaChange, locale: Locale): string {
  const t = translator(locale, 'consoleSchemaChange');
  const { kind, endedBy, done, version, impact } = change;
  const ended = endedBy === null ? '' : `${t(`ended.${endedBy}`)} `;
  if (kind === 'schema_publish') return ended + t('publish.done', { count: done, version: version ?? 0 });
  if (kind === 'schema_undo') return ended + t('undo.done', { count: done });
  const valid = (impact?.valid ?? 0) + (impact?.repaired ?? 0);
  const others = (impact?.invalid ?? 0) + (impact?.left ?? 0);
  return ended + (others === 0 ? t('impact.allValid', { valid }) : t('impact.summary', { valid, others }));
}
