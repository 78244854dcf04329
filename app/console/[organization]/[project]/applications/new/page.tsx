import { NoPermission } from '@/components/shell/no-permission';
import { PageHeading } from '@/components/shell/page-heading';
import { Breadcrumbs } from '@/components/ui/layout/breadcrumbs';
import { translator } from '@/lib/i18n/translate';
import { may, requireProject } from '@/lib/web/console';
import { getLocale } from '@/lib/web/locale';
import { pageTitle } from '@/lib/web/page-title';
import { addApplication } from '../actions';
import { NewApplicationForm } from './_components/new-application-form';

export const generateMetadata = pageTitle('consoleApplications.create', 'title');

/** The form of a new application, filled in by a template; then its settings to copy. */
export default async function NewApplicationPage({
  params,
}: PageProps<'/console/[organization]/[project]/applications/new'>) {
  const place = await params;
  const proof = await requireProject(place);
  const locale = await getLocale(proof.person.identity.locale);
  const base = `/console/${place.organization}/${place.project}/applications`;
  if (!may(proof, 'admin')) {
    return <NoPermission role={proof.role} organization={proof.organization} backHref={base} locale={locale} />;
  }
  const t = translator(locale, 'consoleApplications');
  return (
    <>
      <Breadcrumbs
        label={translator(locale, 'common')('breadcrumbs')}
        items={[{ href: base, text: t('title') }]}
        current={t('create.title')}
      />
      <PageHeading title={t('create.title')} />
      <NewApplicationForm
        issuer={proof.project.origin}
        base={base}
        locale={locale}
        create={addApplication.bind(null, place)}
      />
    </>
  );
}
