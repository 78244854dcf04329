import { FocusHeadingAfter } from '@/components/shell/focus-heading-after';
import { PageHeading } from '@/components/shell/page-heading';
import { Panel } from '@/components/ui/layout/panel';
import { Notice } from '@/components/ui/notice';
import { I18nProvider } from '@/lib/i18n/provider';
import { messagesOf, translator } from '@/lib/i18n/translate';
import { getFirstProject, listAllProjects, listForReview, listProjects } from '@/lib/project/service';
import { isInstallationOwner, may, requireOrganization } from '@/lib/web/console';
import { getLocale } from '@/lib/web/locale';
import { pageTitle } from '@/lib/web/page-title';
import { DeleteOrganization } from './_components/delete-organization';
import { DomainReview } from './_components/domain-review';
import { OrganizationForm } from './_components/organization-form';
import { PasskeySetting } from './_components/passkey-setting';
import { approveDomain, keepDomain, rejectDomain, remove, setPasskeyNeeded, update } from './actions';

export const generateMetadata = pageTitle('consoleProjects.organization', 'title');

/** An organization's name, URL and deletion. Viewers can read it. */
export default async function OrganizationSettingsPage({ params }: PageProps<'/console/[organization]/-/settings'>) {
  const place = await params;
  const proof = await requireOrganization(place);
  const { id, name, slug, consoleNeedsPasskey } = proof.organization;
  const [locale, first, projects] = await Promise.all([
    getLocale(proof.person.identity.locale),
    getFirstProject(),
    listProjects([id]),
  ]);
  const t = translator(locale, 'consoleProjects.organization');
  const domains = translator(locale, 'consoleDomains');
  const mayEdit = may(proof, 'admin');
  const isFirst = first.organizationId === id;
  const obstacle = isFirst ? t('firstHelp') : projects.length > 0 ? t('notEmpty', { count: projects.length }) : null;
  const review = isFirst && (await isInstallationOwner(proof)) ? await readReview() : null;
  return (
    <>
      <PageHeading title={t('title')} />
      <div className="flex flex-col gap-6">
        {!mayEdit && (
          <Notice tone="info" word={translator(locale, 'common')('notice.info')}>
            {translator(locale, 'consoleProjects.settings')('readOnly')}
          </Notice>
        )}
        <Panel id="general" title={t('general')}>
          <OrganizationForm saved={{ name, slug }} save={update.bind(null, place)} mayEdit={mayEdit} />
        </Panel>
        <Panel id="security" title={t('security')}>
          <PasskeySetting
            isNeeded={consoleNeedsPasskey}
            mayEdit={may(proof, 'owner')}
            change={setPasskeyNeeded.bind(null, place)}
          />
        </Panel>
        {review && (
          <Panel id="domains" title={domains('review.title')} help={domains('review.help')}>
            <FocusHeadingAfter
              shown={[...review.waiting.map(({ id }) => id), ...review.unreviewed.map(({ value }) => value)]}
              headingId="domains"
            />
            <I18nProvider locale={locale} messages={messagesOf(locale, 'consoleDomains')}>
              <DomainReview
                {...review}
                approve={approveDomain.bind(null, place)}
                reject={rejectDomain.bind(null, place)}
                keep={keepDomain.bind(null, place)}
              />
            </I18nProvider>
          </Panel>
        )}
        {may(proof, 'owner') && (
          <Panel id="danger" title={t('danger')} help={obstacle ?? t('dangerHelp')}>
            {obstacle === null && <DeleteOrganization name={name} slug={slug} remove={remove.bind(null, place)} />}
          </Panel>
        )}
      </div>
    </>
  );
}

/** Pending claims and unreviewed ones, each with its project. */
async function readReview() {
  const [{ waiting, unreviewed }, all] = await Promise.all([listForReview(), listAllProjects()]);
  const paths = new Map(all.map(({ path, project }) => [project.id, path]));
  const pathOf = (id: string) => paths.get(id) ?? id;
  return {
    waiting: waiting.map(({ id, kind, value, projectId }) => ({ id, kind, value, project: pathOf(projectId) })),
    unreviewed: unreviewed.map((one) => ({ ...one, project: pathOf(one.projectId) })),
  };
}
