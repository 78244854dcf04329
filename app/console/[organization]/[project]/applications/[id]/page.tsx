import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { thingTitle } from '@/app/console/title';
import { ApplicationStateBadge } from '@/components/application/application-table';
import { FocusHeadingAfter } from '@/components/shell/focus-heading-after';
import { PageHeading } from '@/components/shell/page-heading';
import { Breadcrumbs } from '@/components/ui/layout/breadcrumbs';
import { Panel } from '@/components/ui/layout/panel';
import { Sections } from '@/components/ui/layout/sections';
import { Notice } from '@/components/ui/notice';
import { type Application, isPublic, logoPath, settingsOf } from '@/lib/application/model';
import { findApplication, listAllowedGroups, listSecrets } from '@/lib/application/service';
import { listGroups } from '@/lib/group/service';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { may, requireProject } from '@/lib/web/console';
import { getLocale } from '@/lib/web/locale';
import * as actions from '../actions';
import { AccessForm } from './_components/access-form';
import { AdvancedForm } from './_components/advanced-form';
import { ApplicationLogo } from './_components/application-logo';
import { ConnectionFacts } from './_components/connection-facts';
import { RemoveApplication } from './_components/remove-application';
import { RotateSecret } from './_components/rotate-secret';
import { SecretTable } from './_components/secret-table';
import { SettingsForm } from './_components/settings-form';
import { SignOutForm } from './_components/sign-out-form';
import { SwitchState } from './_components/switch-state';

type Props = PageProps<'/console/[organization]/[project]/applications/[id]'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const name = async () => {
    const { id, ...place } = await params;
    const { project } = await requireProject(place);
    return (await find(project.id, id))?.name ?? notFound();
  };
  return thingTitle(name(), { kind: translator(await getLocale(), 'consoleApplications')('title') });
}

/** Read once for both the page and its title. */
const find = cache(findApplication);

/** One application: settings, who may use it, how it is connected, secrets, state. */
export default async function ApplicationPage({ params }: Props) {
  const { id: clientId, ...place } = await params;
  const proof = await requireProject(place);
  const { project } = proof;
  const application = await find(project.id, clientId);
  if (!application) notFound();
  const [locale, allowed, groups, secrets] = await Promise.all([
    getLocale(proof.person.identity.locale),
    listAllowedGroups(application),
    listGroups(project.id),
    listSecrets(application, new Date()),
  ]);
  const t = translator(locale, 'consoleApplications');
  const section = translator(locale, 'consoleApplications.sections');
  const common = translator(locale, 'common');
  const base = `/console/${place.organization}/${place.project}/applications`;
  const isAdmin = may(proof, 'admin');
  const isDisabled = application.disabledAt !== null;
  const form = {
    clientId,
    kind: application.kind,
    saved: settingsOf(application, allowed),
    mayEdit: isAdmin,
    change: actions.changeApplication.bind(null, place),
  };
  return (
    <>
      <Breadcrumbs
        label={common('breadcrumbs')}
        items={[{ href: base, text: t('title') }]}
        current={application.name}
      />
      <PageHeading title={application.name}>
        <ApplicationStateBadge isDisabled={isDisabled} locale={locale} />
      </PageHeading>
      <FocusHeadingAfter shown={[isDisabled ? 'disabled' : 'enabled']} />
      <Sections label={translator(locale, 'console')('sections')} sections={sectionsOf(application, isAdmin, locale)}>
        {isDisabled && (
          <Notice tone="warning" word={common('notice.warning')}>
            {t('disable.notice')}
          </Notice>
        )}
        <Panel id="settings" title={section('settings')}>
          <SettingsForm {...form} />
        </Panel>
        <Panel id="connection" title={section('connection')} help={section('connectionHelp')}>
          <ConnectionFacts application={application} issuer={project.origin} locale={locale} />
        </Panel>
        {!isPublic(application) && (
          <Panel
            id="secrets"
            title={section('secrets')}
            help={section('secretsHelp')}
            isFlush
            actions={
              isAdmin && (
                <RotateSecret clientId={clientId} locale={locale} rotate={actions.rotateSecret.bind(null, place)} />
              )
            }
          >
            <SecretTable
              clientId={clientId}
              secrets={secrets}
              mayEdit={isAdmin}
              locale={locale}
              end={actions.endSecret.bind(null, place)}
            />
          </Panel>
        )}
        <Panel id="access" title={section('access')}>
          <AccessForm {...form} groups={groups.map(({ id, name }) => ({ id, name }))} />
        </Panel>
        <Panel id="sign-out" title={section('signOut')}>
          <SignOutForm {...form} />
        </Panel>
        <Panel id="logo" title={section('logo')}>
          <ApplicationLogo
            mayEdit={isAdmin}
            src={logoPath(application) && `${base}/${clientId}/logo`}
            set={actions.setLogo.bind(null, place)}
            remove={actions.removeLogo.bind(null, place)}
            clientId={clientId}
          />
        </Panel>
        <Panel id="advanced" title={section('advanced')}>
          <AdvancedForm {...form} />
        </Panel>
        {isAdmin && (
          <>
            <Panel
              id="state"
              title={section(isDisabled ? 'enable' : 'disable')}
              help={section(isDisabled ? 'enableHelp' : 'disableHelp')}
            >
              <SwitchState
                clientId={clientId}
                name={application.name}
                isDisabled={isDisabled}
                disable={actions.disable.bind(null, place)}
                enable={actions.enable.bind(null, place)}
              />
            </Panel>
            <Panel id="delete" title={section('remove')} help={section('removeHelp')}>
              <RemoveApplication
                clientId={clientId}
                name={application.name}
                listHref={base}
                remove={actions.remove.bind(null, place)}
              />
            </Panel>
          </>
        )}
      </Sections>
    </>
  );
}

function sectionsOf(application: Application, isAdmin: boolean, locale: Locale) {
  const section = translator(locale, 'consoleApplications.sections');
  return [
    { id: 'settings', text: section('settings') },
    { id: 'connection', text: section('connection') },
    !isPublic(application) && { id: 'secrets', text: section('secrets') },
    { id: 'access', text: section('access') },
    { id: 'sign-out', text: section('signOut') },
    { id: 'logo', text: section('logo') },
    { id: 'advanced', text: section('advanced') },
    isAdmin && { id: 'state', text: section(application.disabledAt ? 'enable' : 'disable') },
    isAdmin && { id: 'delete', text: section('remove') },
  ].filter((entry) => entry !== false);
}
