import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache, type ReactNode } from 'react';
import { thingTitle } from '@/app/console/title';
import { CredentialStateBadge } from '@/components/api-credential/credential-state-badge';
import { FocusHeadingAfter } from '@/components/shell/focus-heading-after';
import { PageHeading } from '@/components/shell/page-heading';
import { CopyField } from '@/components/ui/copy-field';
import { DateText } from '@/components/ui/data/date-text';
import { Breadcrumbs } from '@/components/ui/layout/breadcrumbs';
import { Panel } from '@/components/ui/layout/panel';
import { Sections } from '@/components/ui/layout/sections';
import { Notice } from '@/components/ui/notice';
import { stateOf, tokenEndpoint } from '@/lib/api-credential/model';
import { findApiCredential, listSecretPeriods } from '@/lib/api-credential/service';
import { translator } from '@/lib/i18n/translate';
import { adminAudience } from '@/lib/project/model/origin';
import { may, requireProject } from '@/lib/web/console';
import { getLocale } from '@/lib/web/locale';
import * as actions from '../actions';
import { IdentityCommands, TokenCommands } from './_components/commands';
import { CredentialFacts } from './_components/credential-facts';
import { RevokeCredential } from './_components/revoke-credential';
import { RotateSecret } from './_components/rotate-secret';
import { SecretFacts } from './_components/secret-facts';
import { SettingsForm } from './_components/settings-form';

type Props = PageProps<'/console/[organization]/[project]/users/api-credentials/[id]'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const name = async () => {
    const { id, ...place } = await params;
    const { project } = await requireProject(place);
    return (await findCredential(project.id, id))?.name ?? notFound();
  };
  return thingTitle(name(), { kind: translator(await getLocale(), 'consoleCredentials')('title') });
}

/** Read once for both the page and its title. */
const findCredential = cache(findApiCredential);

/** One API credential: authentication, permissions and commands. The secret is not shown here. */
export default async function ApiCredentialPage({ params }: Props) {
  const { id: clientId, ...place } = await params;
  const proof = await requireProject(place);
  const { project } = proof;
  const credential = await findCredential(project.id, clientId);
  if (!credential) notFound();
  const now = new Date();
  const [locale, secrets] = await Promise.all([
    getLocale(proof.person.identity.locale),
    listSecretPeriods(project.id, clientId, now),
  ]);
  const t = translator(locale, 'consoleCredentials');
  const detail = translator(locale, 'consoleCredentials.detail');
  const common = translator(locale, 'common');
  const users = `/console/${place.organization}/${place.project}/users`;
  const state = stateOf(credential, now);
  const canChange = may(proof, 'admin') && state !== 'revoked';
  const { name, authMethod, scopes, expiresAt } = credential;
  const request = {
    clientId,
    authMethod,
    scopes,
    tokenEndpoint: tokenEndpoint(project.origin),
    audience: adminAudience(project.origin),
  };
  const copy = (label: string) => ({ label, text: common('copy'), copiedText: common('copied') });
  const date = (value: Date | null) => () => value && <DateText value={value} locale={locale} />;
  const ended: Record<typeof state, ReactNode> = {
    active: null,
    expired: detail.rich(canChange ? 'expiredNotice' : 'expiredNoticeForViewer', { date: date(expiresAt) }),
    revoked: detail.rich('revokedNotice', { date: date(credential.revokedAt) }),
  };
  const isActive = state === 'active';
  const commands = translator(locale, 'consoleCredentials.commands');
  const sections = [
    canChange && { id: 'settings', text: t('settings.title') },
    { id: 'connection', text: detail('connection') },
    { id: 'about', text: detail('about') },
    state !== 'revoked' && { id: 'secret', text: t('rotate.title') },
    isActive && { id: 'token', text: commands('tokenTitle') },
    isActive && { id: 'calls', text: commands('callsTitle') },
    canChange && { id: 'revoke', text: t('revoke.title') },
  ].filter((section) => section !== false);
  return (
    <>
      <Breadcrumbs
        label={translator(locale, 'common')('breadcrumbs')}
        items={[
          { href: users, text: translator(locale, 'console.nav')('users') },
          { href: `${users}/api-credentials`, text: t('title') },
        ]}
        current={name}
      />
      <PageHeading title={name}>
        <CredentialStateBadge state={state} locale={locale} />
      </PageHeading>
      <FocusHeadingAfter shown={[state]} />
      <Sections label={translator(locale, 'console')('sections')} sections={sections}>
        {ended[state] && (
          <Notice tone="warning" word={common('notice.warning')}>
            {ended[state]}
          </Notice>
        )}
        {canChange && (
          <Panel id="settings" title={t('settings.title')}>
            <SettingsForm
              clientId={clientId}
              settings={{ name, authMethod, scopes, expiresAt }}
              locale={locale}
              change={actions.changeCredential.bind(null, place)}
            />
          </Panel>
        )}
        <Panel id="connection" title={detail('connection')} help={detail('connectionHelp')}>
          <div className="flex max-w-text flex-col gap-5">
            <CopyField
              name="token-endpoint"
              label={detail('tokenEndpoint')}
              value={request.tokenEndpoint}
              copy={copy(detail('copyTokenEndpoint'))}
            />
            <CopyField
              name="audience"
              label={detail('audience')}
              value={request.audience}
              copy={copy(detail('copyAudience'))}
            />
            <CopyField
              name="client-id"
              label={detail('clientId')}
              value={clientId}
              copy={copy(t('secret.copyClientId'))}
            />
          </div>
        </Panel>
        <Panel id="about" title={detail('about')}>
          <CredentialFacts credential={credential} isComplete={!canChange} locale={locale} now={now} />
        </Panel>
        {state !== 'revoked' && (
          <Panel
            id="secret"
            title={t('rotate.title')}
            help={t('rotate.help')}
            actions={
              canChange &&
              state === 'active' && (
                <RotateSecret clientId={clientId} locale={locale} rotate={actions.rotateSecret.bind(null, place)} />
              )
            }
          >
            <SecretFacts secrets={secrets} isExpired={state === 'expired'} locale={locale} now={now} />
          </Panel>
        )}
        {state === 'active' && (
          <>
            <TokenCommands request={request} canChoose={canChange} locale={locale} />
            <IdentityCommands origin={project.origin} scopes={scopes} locale={locale} />
          </>
        )}
        {canChange && (
          <Panel id="revoke" title={t('revoke.title')} help={t('revoke.help')}>
            <RevokeCredential
              clientId={clientId}
              name={name}
              lastUsedAt={credential.lastUsedAt}
              locale={locale}
              now={now}
              revoke={actions.revokeCredential.bind(null, place)}
            />
          </Panel>
        )}
      </Sections>
    </>
  );
}
