import { NoPermission } from '@/components/shell/no-permission';
import { PageHeading } from '@/components/shell/page-heading';
import { Breadcrumbs } from '@/components/ui/layout/breadcrumbs';
import { Panel } from '@/components/ui/layout/panel';
import { translator } from '@/lib/i18n/translate';
import { defaultOrigin } from '@/lib/project/model/origin';
import { getFirstProject } from '@/lib/project/service';
import { may, requireOrganization } from '@/lib/web/console';
import { getLocale } from '@/lib/web/locale';
import { pageTitle } from '@/lib/web/page-title';
import { NewProjectForm } from './_components/new-project-form';
import { create } from './actions';

export const generateMetadata = pageTitle('consoleProjects.newProject', 'title');

/** A new project needs a name and a domain; everything else has a default. */
export default async function NewProjectPage({ params }: PageProps<'/console/[organization]/-/new-project'>) {
  const place = await params;
  const proof = await requireOrganization(place);
  const { organization, role, person } = proof;
  const [locale, first] = await Promise.all([getLocale(person.identity.locale), getFirstProject()]);
  const base = `/console/${place.organization}`;
  if (!may(proof, 'admin'))
    return <NoPermission role={role} organization={organization} backHref={base} locale={locale} />;
  const t = translator(locale, 'consoleProjects');
  return (
    <>
      <Breadcrumbs
        label={translator(locale, 'common')('breadcrumbs')}
        items={[{ href: base, text: t('title') }]}
        current={t('newProject.title')}
      />
      <PageHeading title={t('newProject.title')}>{t('newProject.help')}</PageHeading>
      <Panel id="project" title={t('newProject.panel')}>
        <NewProjectForm
          create={create.bind(null, place)}
          pathPrefix={`${base}/`}
          // On a developer's machine, every name below localhost resolves here.
          defaultOrigin={defaultOrigin(first.origin, 'SLUG')}
        />
      </Panel>
    </>
  );
}
