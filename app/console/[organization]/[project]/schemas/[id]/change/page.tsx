import { notFound } from 'next/navigation';
import { PageHeading } from '@/components/shell/page-heading';
import { UnsavedGuard } from '@/components/shell/unsaved-guard';
import { Breadcrumbs } from '@/components/ui/layout/breadcrumbs';
import { translator } from '@/lib/i18n/translate';
import { isStorableText } from '@/lib/platform/text';
import { findSchema } from '@/lib/schema/service';
import { getSchemaChange } from '@/lib/schema-change/service';
import { may, requireProject } from '@/lib/web/console';
import { getLocale } from '@/lib/web/locale';
import { pageTitle } from '@/lib/web/page-title';
import { DraftForm } from './_components/draft-form';
import { checkDraft } from './actions';

export const generateMetadata = pageTitle('consoleSchemaChange', 'change');

/** The draft of a schema: the newest version, or that of an earlier check (`?from=<job>`). */
export default async function ChangeSchemaPage({
  params,
  searchParams,
}: PageProps<'/console/[organization]/[project]/schemas/[id]/change'>) {
  const { id, ...place } = await params;
  const proof = await requireProject(place);
  const schemaId = decodeURIComponent(id);
  const schema = isStorableText(schemaId) ? await findSchema(proof.project.id, schemaId) : null;
  if (!schema || !may(proof, 'admin')) notFound();
  const { from } = await searchParams;
  const earlier = typeof from === 'string' ? await getSchemaChange(proof.project.id, from).catch(() => null) : null;
  const document = earlier?.schemaId === schemaId ? earlier.document : schema.document;
  const locale = await getLocale(proof.person.identity.locale);
  const t = translator(locale, 'consoleSchemaChange');
  const base = `/console/${place.organization}/${place.project}/schemas`;
  const href = `${base}/${encodeURIComponent(schemaId)}`;
  return (
    <>
      <Breadcrumbs
        label={translator(locale, 'common')('breadcrumbs')}
        items={[
          { href: base, text: translator(locale, 'consoleSchemas')('title') },
          { href, text: schemaId },
        ]}
        current={t('change')}
      />
      <PageHeading title={t('title', { schema: schemaId })}>{t('edit.help')}</PageHeading>
      <DraftForm
        schemaId={schemaId}
        initial={JSON.stringify(document, null, 2)}
        href={`${href}/change`}
        check={checkDraft.bind(null, place)}
      />
      <UnsavedGuard />
    </>
  );
}
