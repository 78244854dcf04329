import { notFound } from 'next/navigation';
import { PageHeading } from '@/components/shell/page-heading';
import { Breadcrumbs } from '@/components/ui/layout/breadcrumbs';
import { translator } from '@/lib/i18n/translate';
import { isSameJson } from '@/lib/platform/json';
import { isStorableText } from '@/lib/platform/text';
import type { IdentitySchema } from '@/lib/schema/model';
import { findSchema } from '@/lib/schema/service';
import { getSchemaChange } from '@/lib/schema-change/service';
import { may, requireProject } from '@/lib/web/console';
import { getLocale } from '@/lib/web/locale';
import { pageTitle } from '@/lib/web/page-title';
import { validateDraft } from '../../actions';
import { DraftForm } from './_components/draft-form';
import { submitDraft } from './actions';

export const generateMetadata = pageTitle('consoleSchemaChange', 'change');

/**
 * The draft of a schema: the newest version, or that of an earlier check (`?from=<job>`), which began with the version
 * then in force. Viewers see it read-only.
 */
export default async function ChangeSchemaPage({
  params,
  searchParams,
}: PageProps<'/console/[organization]/[project]/schemas/[id]/change'>) {
  const { id, ...place } = await params;
  const proof = await requireProject(place);
  const schemaId = decodeURIComponent(id);
  const schema = isStorableText(schemaId) ? await findSchema(proof.project.id, schemaId) : null;
  if (!schema) notFound();
  const isReadOnly = !may(proof, 'admin');
  const { from } = await searchParams;
  const earlier = typeof from === 'string' ? await getSchemaChange(proof.project.id, from).catch(() => null) : null;
  const draft = !isReadOnly && earlier?.schemaId === schemaId ? earlier : null;
  // A draft that was published since is no conflict with itself.
  const isPublished = draft && isSameJson(draft.document, schema.document);
  const begun = draft && !isPublished ? await findSchema(proof.project.id, schemaId, draft.baseVersion) : null;
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
        current={isReadOnly ? t('view') : t('change')}
      />
      <PageHeading title={isReadOnly ? schemaId : t('title', { schema: schemaId })}>
        {isReadOnly ? translator(locale, 'consoleSchemaEditor')('readOnly') : t('edit.help')}
      </PageHeading>
      <DraftForm
        initial={JSON.stringify(draft?.document ?? schema.document, null, 2)}
        base={toVersion(begun ?? schema)}
        newest={toVersion(schema)}
        locale={locale}
        isReadOnly={isReadOnly}
        check={submitDraft.bind(null, place, schemaId)}
        validate={validateDraft.bind(null, place)}
      />
    </>
  );
}

const toVersion = ({ version, document }: IdentitySchema) => ({ version, document });
