import type { Metadata } from 'next';
import { PageHeading } from '@/components/shell/page-heading';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { SwitchedOffWebhooks } from '@/components/webhook/switched-off-webhooks';
import { translator } from '@/lib/i18n/translate';
import { isWithoutDomain } from '@/lib/project/model/origin';
import { requireProject } from '@/lib/web/console';
import { getLocale } from '@/lib/web/locale';
import { listWebhooks } from '@/lib/webhook/service';
import { consoleTitle, nameOf } from '../../title';
import { EndpointsPanel } from './_components/endpoints-panel';
import { FirstSteps } from './_components/first-steps';
import { PasskeysPanel } from './_components/passkeys-panel';
import { ProjectNumbers } from './_components/project-numbers';
import { RecentEvents } from './_components/recent-events';
import { SignInsPanel } from './_components/sign-ins-panel';

type Props = PageProps<'/console/[organization]/[project]'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = translator(await getLocale(), 'consoleOverview');
  const name = await nameOf(params.then(requireProject).then(({ project }) => project));
  return { title: consoleTitle(t('title'), name) };
}

/** The project overview: people, sign-ins and recent events; then the endpoints for programs. */
export default async function OverviewPage({ params }: Props) {
  const place = await params;
  const proof = await requireProject(place);
  const base = `/console/${place.organization}/${place.project}`;
  const locale = await getLocale(proof.person.identity.locale);
  const t = translator(locale, 'consoleOverview');
  const domains = translator(locale, 'consoleDomains');
  return (
    <>
      <PageHeading title={t('title')}>{t('help')}</PageHeading>
      <div className="flex flex-col gap-6">
        <FirstSteps proof={proof} locale={locale} />
        {isWithoutDomain(proof.project) && (
          <Notice tone="warning" word={translator(locale, 'common')('notice.warning')}>
            {domains('noDomain')}{' '}
            <Link href={`${base}/settings#domains`} className="underline underline-offset-4">
              {domains('noDomainLink')}
            </Link>
          </Notice>
        )}
        <SwitchedOffWebhooks
          webhooks={await listWebhooks(proof.project.id)}
          base={`${base}/settings/webhooks`}
          locale={locale}
        />
        <ProjectNumbers proof={proof} locale={locale} />
        <PasskeysPanel proof={proof} locale={locale} />
        <div className="grid min-w-0 grid-cols-[repeat(auto-fit,minmax(min(30rem,100%),1fr))] items-start gap-6">
          <SignInsPanel proof={proof} locale={locale} />
          <RecentEvents proof={proof} locale={locale} />
        </div>
        {!isWithoutDomain(proof.project) && <EndpointsPanel proof={proof} locale={locale} />}
      </div>
    </>
  );
}
