import type { Metadata } from 'next';
import { PageHeading } from '@/components/shell/page-heading';
import { requireProject } from '@/lib/http/console';
import { getLocale } from '@/lib/http/locale';
import { translator } from '@/lib/i18n/translate';
import { ApiCredentialsPanel } from './_components/api-credentials-panel';

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await getLocale(), 'consoleUsers')('title') };
}

export default async function UsersPage({ params }: PageProps<'/console/[organization]/[project]/users'>) {
  const proof = await requireProject(await params);
  const locale = await getLocale(proof.person.identity.locale);
  return (
    <>
      <PageHeading title={translator(locale, 'consoleUsers')('title')} />
      <ApiCredentialsPanel proof={proof} locale={locale} now={new Date()} />
    </>
  );
}
