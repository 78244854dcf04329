import { PageHeading } from '@/components/shell/page-heading';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/data/empty-state';
import { Plus } from '@/components/ui/icons';
import { Breadcrumbs } from '@/components/ui/layout/breadcrumbs';
import { WebhookTable } from '@/components/webhook/webhook-table';
import { translator } from '@/lib/i18n/translate';
import { may, requireProject } from '@/lib/web/console';
import { getLocale } from '@/lib/web/locale';
import { pageTitle } from '@/lib/web/page-title';
import { MAX_WEBHOOKS } from '@/lib/webhook/model';
import { listWebhooks } from '@/lib/webhook/service';

export const generateMetadata = pageTitle('consoleWebhooks', 'title');

/** The webhooks of a project. Viewers can read them. */
export default async function WebhooksPage({
  params,
}: PageProps<'/console/[organization]/[project]/settings/webhooks'>) {
  const place = await params;
  const proof = await requireProject(place);
  const [locale, webhooks] = await Promise.all([
    getLocale(proof.person.identity.locale),
    listWebhooks(proof.project.id),
  ]);
  const t = translator(locale, 'consoleWebhooks');
  const settings = `/console/${place.organization}/${place.project}/settings`;
  const base = `${settings}/webhooks`;
  const mayEdit = may(proof, 'admin');
  return (
    <>
      <Breadcrumbs
        label={translator(locale, 'common')('breadcrumbs')}
        items={[{ href: settings, text: translator(locale, 'consoleProjects.settings')('title') }]}
        current={t('title')}
      />
      <div className="flex flex-wrap items-start justify-between gap-x-4">
        <PageHeading title={t('title')}>{t('help')}</PageHeading>
        {mayEdit && webhooks.length < MAX_WEBHOOKS && (
          <div className="pb-6">
            <ButtonLink href={`${base}/new`} size="small" icon={<Plus size={16} aria-hidden />}>
              {t('add')}
            </ButtonLink>
          </div>
        )}
      </div>
      {webhooks.length === 0 ? (
        <EmptyState>{t(mayEdit ? 'empty' : 'emptyForViewer')}</EmptyState>
      ) : (
        <WebhookTable webhooks={webhooks} base={base} locale={locale} now={new Date()} />
      )}
    </>
  );
}
