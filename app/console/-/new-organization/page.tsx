import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { PageHeading } from '@/components/shell/page-heading';
import { Panel } from '@/components/ui/layout/panel';
import { translator } from '@/lib/i18n/translate';
import { requireOperator } from '@/lib/web/console';
import { getLocale } from '@/lib/web/locale';
import { consoleTitle } from '../../title';
import { NewOrganizationForm } from './_components/new-organization-form';
import { create } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: consoleTitle(translator(await getLocale(), 'consoleProjects.newOrganization')('title')) };
}

/** For owners of any organization; not found for anyone else. */
export default async function NewOrganizationPage() {
  const { identity } = (await requireOperator()).person;
  if (!identity.operatorRoles.some(({ role }) => role === 'owner')) notFound();
  const t = translator(await getLocale(identity.locale), 'consoleProjects.newOrganization');
  return (
    <>
      <PageHeading title={t('title')}>{t('help')}</PageHeading>
      <Panel id="organization" title={t('panel')}>
        <NewOrganizationForm create={create} />
      </Panel>
    </>
  );
}
