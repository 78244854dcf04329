import { notFound } from 'next/navigation';
import { PageHeading } from '@/components/shell/page-heading';
import { Breadcrumbs } from '@/components/ui/layout/breadcrumbs';
import { translator } from '@/lib/i18n/translate';
import { may, requireProject } from '@/lib/web/console';
import { getLocale } from '@/lib/web/locale';
import { pageTitle } from '@/lib/web/page-title';
import { createWebhook } from '../actions';
import { NewWebhookForm } from './_components/new-webhook-form';

export const generateMetadata = pageTitle('consoleWebhooks.create', 'title');

export default async function NewWebhookPage({
  params,
}: PageProps<'/console/[organization]/[project]/settings/webhooks/new'>) {
  const place = await params;
  const proof = await requireProject(place);
  if (!may(proof, 'admin')) notFound();
  const locale = await getLocale(proof.person.identity.locale);
  const t = translator(locale, 'consoleWebhooks');
  const settings = `/console/${place.organization}/${place.project}/settings`;
  const base = `${settings}/webhooks`;
  return (
    <>
      <Breadcrumbs
        label={translator(locale, 'common')('breadcrumbs')}
        items={[
          { href: settings, text: translator(locale, 'consoleProjects.settings')('title') },
          { href: base, text: t('title') },
        ]}
        current={t('create.title')}
      />
      <PageHeading title={t('create.title')} />
      <NewWebhookForm base={base} create={createWebhook.bind(null, place)} />
    </>
  );
}
