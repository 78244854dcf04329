import { notFound } from 'next/navigation';
import { NoPermission } from '@/components/shell/no-permission';
import { PageHeading } from '@/components/shell/page-heading';
import { Breadcrumbs } from '@/components/ui/layout/breadcrumbs';
import { TextLink } from '@/components/ui/text-link';
import { formatBytes, type Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { handledRows, type Import } from '@/lib/import/model';
import { MEMBERS } from '@/lib/import/model/mapping';
import { getImportForReview, previewRows } from '@/lib/import/service';
import { isAppError } from '@/lib/platform/errors';
import { fieldsOf, fieldTitle, type IdentitySchema } from '@/lib/schema/model';
import { listSchemas } from '@/lib/schema/service';
import { may, type ProjectPlace, requireProject } from '@/lib/web/console';
import { getLocale } from '@/lib/web/locale';
import { pageTitle } from '@/lib/web/page-title';
import { cancel, check, choose, start, stop } from '../actions';
import { ImportProgress } from './_components/import-progress';
import { ImportResult } from './_components/import-result';
import { ImportSettings } from './_components/import-settings';
import { ImportSteps } from './_components/import-steps';
import { PreviewTable } from './_components/preview-table';
import type { TargetGroup } from './_components/target-select';

export const generateMetadata = pageTitle('consoleImport', 'title');

/** One file: how it is read, what it would change, its progress and its result. */
export default async function ImportFilePage({
  params,
}: PageProps<'/console/[organization]/[project]/users/import/[id]'>) {
  const { id, ...place } = await params;
  const proof = await requireProject(place);
  const locale = await getLocale(proof.person.identity.locale);
  const users = `/console/${place.organization}/${place.project}/users`;
  if (!may(proof, 'admin'))
    return <NoPermission role={proof.role} organization={proof.organization} backHref={users} locale={locale} />;
  const one = await getImportForReview(proof.project.id, id, { kind: 'operator', id: proof.person.identity.id }).catch(
    (error: unknown) => {
      if (isAppError(error) && error.code === 'not_found') notFound();
      throw error;
    },
  );
  const schemas = await listSchemas(proof.project.id);
  const t = translator(locale, 'consoleImport');
  return (
    <>
      <Breadcrumbs
        label={translator(locale, 'common')('breadcrumbs')}
        items={[
          { href: users, text: translator(locale, 'consoleUsers')('title') },
          { href: `${users}/import`, text: t('title') },
        ]}
        current={one.name}
      />
      <PageHeading title={one.name}>{formatBytes(one.size, locale)}</PageHeading>
      <div className="flex flex-col gap-6">
        {one.phase === 'ready' || one.phase === 'checked' ? (
          <Waiting one={one} place={place} schemas={schemas} base={`${users}/import`} locale={locale} />
        ) : (
          <Started one={one} place={place} job={`${users}/jobs/${id}`} locale={locale} />
        )}
        {one.phase !== 'ready' && (
          <ImportResult one={one} titles={titlesOf(schemas, locale)} users={users} locale={locale} />
        )}
      </div>
    </>
  );
}

type WaitingProps = { one: Import; place: ProjectPlace; schemas: IdentitySchema[]; base: string; locale: Locale };

async function Waiting({ one, place, schemas, base, locale }: WaitingProps) {
  const schema = schemas.find(({ schemaId }) => schemaId === one.settings.schemaId);
  const { id, created, changed } = one;
  return (
    <>
      <ImportSettings
        settings={one.settings}
        schemaIds={schemas.map(({ schemaId }) => schemaId)}
        targets={schema ? targetsOf(schema, locale) : []}
        id={id}
        choose={choose.bind(null, place)}
      />
      <PreviewTable rows={await previewRows(one)} titles={titlesOf(schemas, locale)} locale={locale} />
      {one.phase === 'checked' && (
        <p role="status">{translator(locale, 'consoleImport')('check.done', { count: handledRows(one) })}</p>
      )}
      <ImportSteps
        checked={one.phase === 'checked' ? { created, changed } : null}
        check={check.bind(null, place, { id })}
        id={id}
        start={start.bind(null, place)}
        cancel={cancel.bind(null, place, { id })}
        base={base}
      />
    </>
  );
}

type StartedProps = { one: Import; place: ProjectPlace; job: string; locale: Locale };

function Started({ one, place, job, locale }: StartedProps) {
  const t = translator(locale, 'consoleImport');
  const { id, phase, total, created, changed, endedBy } = one;
  if (phase === 'finished') {
    const text = t('run.finished', { created, changed });
    return (
      <div className="flex flex-col items-start gap-2">
        <p role="status">{endedBy === null ? text : `${t(`run.${endedBy}`)} ${text}`}</p>
        <TextLink href={job}>{t('run.job')}</TextLink>
      </div>
    );
  }
  const count = handledRows(one);
  return (
    <ImportProgress
      text={t(phase === 'checking' ? 'check.running' : 'run.running', { count })}
      share={total === null || total === 0 ? null : Math.min(1, count / total)}
      stop={stop.bind(null, place, { id })}
    />
  );
}

function titlesOf(schemas: IdentitySchema[], locale: Locale): Map<string, string> {
  return new Map(
    schemas.flatMap(({ document }) => fieldsOf(document)).map((field) => [field.pointer, fieldTitle(field, locale)]),
  );
}

function targetsOf({ document }: IdentitySchema, locale: Locale): TargetGroup[] {
  const t = translator(locale, 'consoleImport.columns');
  return [
    {
      label: t('traits'),
      options: fieldsOf(document).map((field) => ({ value: field.pointer, text: fieldTitle(field, locale) })),
    },
    {
      label: t('members'),
      options: MEMBERS.map((value) => ({ value, text: t(`names.${nameOf(value)}`) })),
    },
  ];
}

type MemberName = (typeof MEMBERS)[number] extends `/${infer Name}` ? Name : never;

function nameOf(member: (typeof MEMBERS)[number]): MemberName {
  return member.slice(1) as MemberName;
}
