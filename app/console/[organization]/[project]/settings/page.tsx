import type { ReactNode } from 'react';
import { FocusHeadingAfter } from '@/components/shell/focus-heading-after';
import { PageHeading } from '@/components/shell/page-heading';
import { Panel } from '@/components/ui/layout/panel';
import { PanelSections } from '@/components/ui/layout/panel-sections';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { I18nProvider } from '@/lib/i18n/provider';
import { messagesOf, translator } from '@/lib/i18n/translate';
import { emailOf } from '@/lib/identity/model';
import { env } from '@/lib/platform/env';
import type { DomainClaim } from '@/lib/project/model';
import { challengeRecord, hasUnreachableOrigin } from '@/lib/project/model/origin';
import { getFirstProject, listClaims, listOrigins } from '@/lib/project/service';
import { SIGNING_PURPOSES } from '@/lib/token/model';
import { publishedKeys } from '@/lib/token/service';
import { may, requireProject } from '@/lib/web/console';
import { getLocale } from '@/lib/web/locale';
import { pageTitle } from '@/lib/web/page-title';
import { listWebhooks } from '@/lib/webhook/service';
import { AccountDeletionForm } from './_components/account-deletion-form';
import { AlgorithmForm } from './_components/algorithm-form';
import { AuditForm } from './_components/audit-form';
import { BrandingForm } from './_components/branding-form';
import { DeleteProject } from './_components/delete-project';
import { Domains } from './_components/domains';
import { GeneralForm } from './_components/general-form';
import { MailForm } from './_components/mail-form';
import { PendingDomains } from './_components/pending-domains';
import { RecoveryCodesForm } from './_components/recovery-codes-form';
import { RecycleBinForm } from './_components/recycle-bin-form';
import { RegistrationForm } from './_components/registration-form';
import { SessionsForm } from './_components/sessions-form';
import { keysPanelProps, SigningKeySeries } from './_components/signing-key-series';
import { TestMail } from './_components/test-mail';
import { WebhookSummary } from './_components/webhook-summary';
import * as actions from './actions';

export const generateMetadata = pageTitle('consoleProjects.settings', 'title');

/** Project settings. Viewers can read them. */
export default async function ProjectSettingsPage({ params }: PageProps<'/console/[organization]/[project]/settings'>) {
  const place = await params;
  const proof = await requireProject(place);
  const { project, person } = proof;
  const now = new Date();
  const [locale, origins, claims, keys, first, webhooks] = await Promise.all([
    getLocale(person.identity.locale),
    listOrigins(project.id),
    listClaims(project.id),
    publishedKeys(project.id),
    getFirstProject(),
    listWebhooks(project.id),
  ]);
  const webhookWords = translator(locale, 'consoleWebhooks');
  const t = translator(locale, 'consoleProjects.settings');
  const common = translator(locale, 'common');
  const mayEdit = may(proof, 'admin');
  const isOwner = may(proof, 'owner');
  const isFirstProject = first.id === project.id;
  const save = actions.updateSettings.bind(null, place);
  const { name, slug, registration, sessionIdleSeconds, sessionLifetimeSeconds, accentColor, mailFrom } = project;
  const { signingAlgorithm, auditRetentionDays, recoveryCodes, deletionGraceDays, recycleBinDays } = project;
  const organizationPath = `/console/${place.organization}`;
  const { smtpUrl, mailFrom: defaultSender } = env();
  const series = SIGNING_PURPOSES.map((purpose) => ({ purpose, keys: keys.filter((key) => key.purpose === purpose) }));
  const strong = (text: ReactNode) => <strong className="font-semibold">{text}</strong>;
  const claimsOf = (kind: DomainClaim['kind']) => claims.filter((claim) => claim.kind === kind);
  const waiting = (kind: DomainClaim['kind']) => (
    <I18nProvider locale={locale} messages={messagesOf(locale, 'consoleDomains')}>
      <PendingDomains
        claims={claimsOf(kind).map(({ id, value, domain, token }) => ({
          id,
          kind,
          value,
          domain,
          record: challengeRecord({ domain, token }),
        }))}
        mayEdit={mayEdit}
        check={actions.checkDomain.bind(null, place)}
        withdraw={actions.withdrawDomain.bind(null, place)}
      />
    </I18nProvider>
  );
  return (
    <>
      <PageHeading title={t('title')} />
      <PanelSections label={translator(locale, 'console')('sections')}>
        {!mayEdit && (
          <Notice tone="info" word={common('notice.info')}>
            {t('readOnly')}
          </Notice>
        )}
        <Panel id="general" title={t('general.title')}>
          <GeneralForm saved={{ name, slug }} save={save} mayEdit={mayEdit} organizationPath={organizationPath} />
        </Panel>
        <Panel id="domains" title={t('domains.title')} help={t('domains.help')}>
          <FocusHeadingAfter shown={[...origins, ...claimsOf('origin')].map(({ id }) => id)} headingId="domains" />
          <Domains
            domains={origins
              .filter((one) => !hasUnreachableOrigin(one))
              .map(({ id, origin, isPrimary }) => ({ id, origin, isPrimary }))}
            mayEdit={mayEdit}
            mayMakePrimary={isOwner && !isFirstProject}
            isFirstProject={isFirstProject}
            add={actions.addDomain.bind(null, place)}
            remove={actions.removeDomain.bind(null, place)}
            countPasskeysLost={actions.countPasskeysLost.bind(null, place)}
            makePrimary={actions.makeDomainPrimary.bind(null, place)}
          >
            {waiting('origin')}
          </Domains>
        </Panel>
        <Panel id="branding" title={t('branding.title')} help={t('branding.help')}>
          <BrandingForm
            saved={{ accentColor }}
            save={save}
            mayEdit={mayEdit}
            projectName={name}
            logoHref={project.logoHash && `${organizationPath}/${slug}/settings/logo?v=${project.logoHash}`}
            setLogo={actions.setLogo.bind(null, place)}
            removeLogo={actions.removeLogo.bind(null, place)}
          />
        </Panel>
        <Panel id="registration" title={t('registration.title')} help={t('registration.help')}>
          <RegistrationForm saved={{ registration }} save={save} mayEdit={mayEdit} />
        </Panel>
        <Panel id="recovery-codes" title={t('recoveryCodes.title')} help={t('recoveryCodes.help')}>
          <RecoveryCodesForm saved={{ recoveryCodes }} save={save} mayEdit={mayEdit} />
        </Panel>
        <Panel id="account-deletion" title={t('accountDeletion.title')} help={t('accountDeletion.help')}>
          <AccountDeletionForm saved={{ deletionGraceDays }} save={save} mayEdit={mayEdit} />
        </Panel>
        <Panel id="sessions" title={t('sessions.title')} help={t('sessions.help')}>
          <SessionsForm saved={{ sessionIdleSeconds, sessionLifetimeSeconds }} save={save} mayEdit={mayEdit} />
        </Panel>
        <Panel
          id="recycle-bin"
          title={translator(locale, 'consoleRecycleBin.form')('title')}
          help={translator(locale, 'consoleRecycleBin.form')('help')}
        >
          <I18nProvider locale={locale} messages={messagesOf(locale, 'consoleRecycleBin.form')}>
            <RecycleBinForm saved={{ recycleBinDays }} save={save} mayEdit={mayEdit} />
          </I18nProvider>
        </Panel>
        <Panel id="audit" title={t('audit.title')} help={t('audit.help')}>
          <AuditForm saved={{ auditRetentionDays }} save={save} mayEdit={mayEdit} />
        </Panel>
        <Panel id="mail" title={t('mail.title')} help={t(smtpUrl ? 'mail.help' : 'mail.helpWithoutServer')}>
          <FocusHeadingAfter shown={claimsOf('sender').map(({ id }) => id)} headingId="mail" />
          <div className="flex flex-col gap-8">
            <MailForm saved={{ mailFrom }} save={save} mayEdit={mayEdit} defaultSender={defaultSender} />
            {waiting('sender')}
            {mayEdit && (
              <TestMail
                email={emailOf(person.identity) ?? ''}
                send={actions.sendTest.bind(null, place)}
                read={actions.readTest.bind(null, place)}
                isStoredInFiles={!smtpUrl}
              />
            )}
          </div>
        </Panel>
        <Panel id="webhooks" title={webhookWords('title')} help={webhookWords('help')}>
          <WebhookSummary webhooks={webhooks} base={`${organizationPath}/${slug}/settings/webhooks`} locale={locale} />
        </Panel>
        {series
          .filter((listed) => listed.keys.length > 0)
          .map((listed) => (
            <Panel
              key={listed.purpose}
              {...keysPanelProps({ ...listed, locale }, mayEdit ? actions.rotateKey.bind(null, place) : undefined)}
            >
              <SigningKeySeries
                {...listed}
                now={now}
                locale={locale}
                revoke={mayEdit ? actions.revokeKey.bind(null, place) : undefined}
              >
                {listed.purpose === 'access_token' && (
                  <AlgorithmForm
                    saved={{ signingAlgorithm }}
                    save={actions.setAlgorithm.bind(null, place)}
                    mayEdit={mayEdit}
                  />
                )}
              </SigningKeySeries>
            </Panel>
          ))}
        <Panel id="operators" title={t('operators.title')}>
          <p className="max-w-text">
            {t.rich('operators.body', { organization: proof.organization.name, strong })}{' '}
            <Link href={`${organizationPath}/-/operators`} className="underline underline-offset-4">
              {t('operators.link')}
            </Link>
          </p>
        </Panel>
        {isOwner && (
          <Panel id="danger" title={t('danger.title')} help={t(isFirstProject ? 'danger.firstHelp' : 'danger.help')}>
            {!isFirstProject && (
              <DeleteProject
                name={name}
                slug={slug}
                host={new URL(project.origin).host}
                count={actions.countContents.bind(null, place)}
                remove={actions.deleteProject.bind(null, place)}
                nextHref={organizationPath}
              />
            )}
          </Panel>
        )}
      </PanelSections>
    </>
  );
}
