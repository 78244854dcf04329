import { toShownPasskey } from '@/components/passkey/shown-passkey';
import { deviceText } from '@/components/session/device-text';
import { FocusHeadingAfter } from '@/components/shell/focus-heading-after';
import { PageHeading } from '@/components/shell/page-heading';
import { Notice } from '@/components/ui/notice';
import { logoPath } from '@/lib/application/model';
import type { AuditEvent } from '@/lib/audit/model';
import { listIdentityEvents } from '@/lib/audit/service';
import { toSignals } from '@/lib/credential/model';
import { listPasskeys } from '@/lib/credential/service';
import type { ListedGrant } from '@/lib/grant/model';
import { listGrants } from '@/lib/grant/service';
import { type Locale, toIntlTag } from '@/lib/i18n/model';
import { I18nProvider } from '@/lib/i18n/provider';
import { messagesOf, translator } from '@/lib/i18n/translate';
import { emailOf } from '@/lib/identity/model';
import { placeOf } from '@/lib/platform/geo';
import { summarizeRecoveryCodes } from '@/lib/recovery-code/service';
import type { ListedSession } from '@/lib/session/model';
import { listSessions } from '@/lib/session/service';
import { getLocale } from '@/lib/web/locale';
import { pageTitle } from '@/lib/web/page-title';
import { requireSession } from '@/lib/web/session';
import { ActivitySection } from './_components/activity-section';
import { ApplicationSection, type ShownApplication } from './_components/application-section';
import { DataSection } from './_components/data-section';
import { PasskeyOfferCard } from './_components/passkey-offer-card';
import { PasskeySection } from './_components/passkey-section';
import { RecoveryCodeSection } from './_components/recovery-code-section';
import { SessionSection } from './_components/session-section';
import { Signals } from './_components/signals';
import { Status } from './_components/status';
import { Summary } from './_components/summary';
import { VerifyEmail } from './_components/verify-email';
import * as actions from './actions';

const MAX_EVENTS = 8;
const MAX_ALL_EVENTS = 200;
/** After a sign-in that kept an account its owner had deleted, the page says so for a day. */
const KEPT_SHOWN_SECONDS = 24 * 60 * 60;

export const generateMetadata = pageTitle('profile', 'title');

export default async function AccountAndSecurityPage({ searchParams }: PageProps<'/profile'>) {
  const proof = await requireSession();
  const { project, identity, session } = proof;
  const maxEvents = (await searchParams).activity === 'all' ? MAX_ALL_EVENTS : MAX_EVENTS;
  const [locale, passkeys, sessions, events, recoveryCodes, grants] = await Promise.all([
    getLocale(identity.locale),
    listPasskeys(project.id, identity.id),
    listSessions(proof),
    listIdentityEvents(project.id, identity.id, maxEvents + 1),
    summarizeRecoveryCodes(identity),
    listGrants(project.id, identity.id),
  ]);
  const t = translator(locale, 'profile');
  const now = new Date();
  const email = emailOf(identity);
  const isVerified = identity.verifiableAddresses.some(({ value, verified }) => value === email && verified);
  const signOutOthers = actions.signOutOtherSessions;
  return (
    <>
      <PageHeading title={t('title')}>
        <Status
          identity={identity}
          passkeys={passkeys}
          signedInAt={session.authenticatedAt}
          locale={locale}
          now={now}
          hasLink
        />
      </PageHeading>
      <FocusHeadingAfter shown={email && !isVerified ? ['verify'] : []} />
      {events.some((event) => isRecentlyKept(event, now)) && (
        <div className="pb-6">
          <Notice tone="success" word={translator(locale, 'common.notice')('success')}>
            {t('kept')}
          </Notice>
        </div>
      )}
      <PasskeyOfferCard proof={proof} passkeys={passkeys} locale={locale} />
      <Summary identity={identity} locale={locale} hasSettings>
        {email && !isVerified && (
          <I18nProvider locale={locale} messages={messagesOf(locale, 'profile.summary')}>
            <VerifyEmail email={email} send={actions.sendVerificationCode} verify={actions.verifyEmail} />
          </I18nProvider>
        )}
      </Summary>
      <I18nProvider
        locale={locale}
        messages={messagesOf(
          locale,
          'profile.passkeys',
          'profile.sessions',
          'pairing.action',
          ...(grants.length > 0 ? APPLICATION_MESSAGES : []),
        )}
      >
        <PasskeySection
          passkeys={passkeys.map((passkey) => ({
            ...toShownPasskey(passkey),
            isCurrent: passkey.id === session.passkeyId,
          }))}
          email={email}
          otherSessionCount={sessions.length - 1}
          locale={locale}
          now={now}
          actions={{
            add: { begin: actions.beginAddPasskey, finish: actions.finishAddPasskey },
            rename: actions.renamePasskeyAction,
            remove: actions.deletePasskey,
            undo: actions.undoDeletion,
            hold: actions.holdDeletion,
            signOutOthers,
          }}
        />
        <RecoveryCodeSection summary={recoveryCodes} policy={project.recoveryCodes} locale={locale} />
        <SessionSection
          sessions={sessions.map((listed) => toItem(listed, locale))}
          locale={locale}
          now={now}
          signOut={actions.signOutSession}
          signOutOthers={signOutOthers}
        />
        {grants.length > 0 && (
          <ApplicationSection
            applications={grants.map((grant) => toShownApplication(grant, locale))}
            locale={locale}
            now={now}
            remove={actions.removeAccess}
          />
        )}
      </I18nProvider>
      <ActivitySection
        events={events.slice(0, maxEvents)}
        hasMore={events.length > maxEvents && maxEvents === MAX_EVENTS}
        identityId={identity.id}
        locale={locale}
        now={now}
      />
      <DataSection
        title={t('data.title')}
        help={t('data.help')}
        download={t('data.download')}
        downloadHelp={t('data.downloadHelp')}
      />
      <Signals signals={toSignals(project, identity, passkeys)} />
    </>
  );
}

function isRecentlyKept({ type, details, createdAt }: AuditEvent, now: Date): boolean {
  const isKept = type === 'identity.deletion_cancelled' && details.reason === 'sign_in';
  return isKept && now.getTime() - createdAt.getTime() < KEPT_SHOWN_SECONDS * 1000;
}

function toShownApplication({ application, scopes, lastUsedAt }: ListedGrant, locale: Locale): ShownApplication {
  const { clientId, name, launchUrl, disabledAt } = application;
  const t = translator(locale, 'profile.applications');
  const known = KNOWN_SCOPES.filter((scope) => scopes.includes(scope)).map((scope) => t(`scopes.${scope}`));
  const list = new Intl.ListFormat(toIntlTag(locale)).format(known);
  const knows = t('knows', { list });
  return {
    ...{ clientId, name, knows, lastUsedAt },
    logo: logoPath(application),
    launchUrl: disabledAt === null ? launchUrl : null,
  };
}

const APPLICATION_MESSAGES = [
  ...(['profile.applications.remove', 'profile.applications.removeLabel'] as const),
  ...(['profile.applications.removed', 'profile.applications.dialog'] as const),
];

/** Those that say something about a person. */
const KNOWN_SCOPES = ['openid', 'profile', 'email', 'groups'] as const;

function toItem({ session, device, isCurrent }: ListedSession, locale: Locale) {
  return {
    id: session.id,
    name: deviceText(device, locale),
    kind: device.kind,
    address: session.address,
    place: placeOf(session.address, toIntlTag(locale)),
    lastSeenAt: session.lastSeenAt,
    isCurrent,
  };
}
