import { NoPermission } from '@/components/shell/no-permission';
import { PageHeading } from '@/components/shell/page-heading';
import { Breadcrumbs } from '@/components/ui/layout/breadcrumbs';
import { TabsNav } from '@/components/ui/layout/tabs-nav';
import { translator } from '@/lib/i18n/translate';
import { isTemplate, TEMPLATES, templateDocument } from '@/lib/schema/model/template';
import { may, requireProject } from '@/lib/web/console';
import { getLocale } from '@/lib/web/locale';
import { pageTitle } from '@/lib/web/page-title';
import { submitNew, validateDraft } from '../../actions';
import { NewSchemaForm } from './_components/new-schema-form';

export const generateMetadata = pageTitle('consoleSchemaEditor.new', 'title');

/** A new schema, from the template named in the URL. */
export default async function NewSchemaPage({
  params,
  searchParams,
}: PageProps<'/console/[organization]/[project]/schemas/-/new'>) {
  const place = await params;
  const proof = await requireProject(place);
  const locale = await getLocale(proof.person.identity.locale);
  const base = `/console/${place.organization}/${place.project}/schemas`;
  if (!may(proof, 'admin'))
    return <NoPermission role={proof.role} organization={proof.organization} backHref={base} locale={locale} />;
  const { template: asked } = await searchParams;
  const template = isTemplate(asked) ? asked : 'person';
  const t = translator(locale, 'consoleSchemaEditor.new');
  return (
    <>
      <Breadcrumbs
        label={translator(locale, 'common')('breadcrumbs')}
        items={[{ href: base, text: translator(locale, 'consoleSchemas')('title') }]}
        current={t('title')}
      />
      <PageHeading title={t('title')}>{t('help')}</PageHeading>
      <div className="flex flex-col gap-6">
        <TabsNav
          label={t('template')}
          items={TEMPLATES.map((each) => ({
            href: `${base}/-/new?template=${each}`,
            text: t(`templates.${each}`),
            isCurrent: each === template,
          }))}
        />
        <NewSchemaForm
          key={template}
          template={template}
          document={templateDocument(template)}
          locale={locale}
          schemasHref={base}
          create={submitNew.bind(null, place)}
          validate={validateDraft.bind(null, place)}
        />
      </div>
    </>
  );
}
