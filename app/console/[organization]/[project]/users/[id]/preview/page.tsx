import { ActivitySection } from '@/app/profile/_components/activity-section';
import { Status } from '@/app/profile/_components/status';
import { Summary } from '@/app/profile/_components/summary';
import { PasskeyItem } from '@/components/passkey/passkey-item';
import { toShownPasskey } from '@/components/passkey/shown-passkey';
import { deviceText } from '@/components/session/device-text';
import { SessionItem } from '@/components/session/session-item';
import { PageHeading } from '@/components/shell/page-heading';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/data/empty-state';
import { ItemList } from '@/components/ui/data/item-list';
import { Breadcrumbs } from '@/components/ui/layout/breadcrumbs';
import { Section } from '@/components/ui/layout/section';
import { Notice } from '@/components/ui/notice';
import { listIdentityEvents } from '@/lib/audit/service';
import type { Passkey } from '@/lib/credential/model';
import { listPasskeys } from '@/lib/credential/service';
import { type Locale, toIntlTag } from '@/lib/i18n/model';
import { I18nProvider } from '@/lib/i18n/provider';
import { messagesOf, translator } from '@/lib/i18n/translate';
import { placeOf } from '@/lib/platform/geo';
import { toDevice } from '@/lib/platform/user-agent';
import type { Session } from '@/lib/session/model';
import { listIdentitySessions } from '@/lib/session/service';
import { requireProject } from '@/lib/web/console';
import { findUser, userTitle } from '../user';

/** The number "Account & Security" shows initially. */
const MAX_EVENTS = 8;

export const generateMetadata = userTitle('preview');

/** "View as user": a read-only copy of "Account & Security", without signing in as the user. */
export default async function UserPreviewPage({
  params,
}: PageProps<'/console/[organization]/[project]/users/[id]/preview'>) {
  const { id, ...place } = await params;
  const proof = await requireProject(place);
  const { project } = proof;
  const { identity, name, base, locale } = await findUser(proof, id);
  const [passkeys, sessions, events] = await Promise.all([
    listPasskeys(project.id, identity.id),
    listIdentitySessions(project, identity),
    listIdentityEvents(project.id, identity.id, MAX_EVENTS),
  ]);
  const t = translator(locale, 'consoleUsers.preview');
  const words = translator(locale, 'consoleUsers');
  const now = new Date();
  return (
    <>
      <Breadcrumbs
        label={translator(locale, 'common')('breadcrumbs')}
        items={[
          { href: `/console/${place.organization}/${place.project}/users`, text: words('title') },
          { href: base, text: name },
        ]}
        current={t('label')}
      />
      <PageHeading title={t('title', { name })} />
      <div className="flex flex-col gap-6">
        <Notice
          tone="warning"
          word={translator(locale, 'common.notice')('warning')}
          action={
            <ButtonLink href={base} size="small">
              {t('back')}
            </ButtonLink>
          }
        >
          {t('notice', { name })}
          {identity.state === 'inactive' && <span className="block">{t('inactive', { name })}</span>}
        </Notice>
        <I18nProvider locale={locale} messages={messagesOf(locale, 'profile')}>
          <section
            aria-label={t('label')}
            className="min-w-0 rounded-lg border-2 border-dashed border-control px-4 pt-6 sm:px-6"
          >
            <div className="flex max-w-text flex-col gap-1 pb-8">
              <p className="text-title font-semibold">{translator(locale, 'profile')('title')}</p>
              <div className="text-muted">
                <Status
                  identity={identity}
                  passkeys={passkeys}
                  signedInAt={lastOf(sessions.map(({ authenticatedAt }) => authenticatedAt))}
                  locale={locale}
                  now={now}
                />
              </div>
            </div>
            <Summary identity={identity} locale={locale} />
            <Passkeys passkeys={passkeys} locale={locale} now={now} />
            <Sessions sessions={sessions} locale={locale} now={now} />
            <ActivitySection events={events} hasMore={false} identityId={identity.id} locale={locale} now={now} />
          </section>
        </I18nProvider>
      </div>
    </>
  );
}

type ListProps = { locale: Locale; now: Date };

function Passkeys({ passkeys, locale, now }: ListProps & { passkeys: Passkey[] }) {
  const t = translator(locale, 'profile.passkeys');
  return (
    <Section id="passkeys" title={t('title')} help={t('help')}>
      {passkeys.length === 0 ? (
        <EmptyState>{t('empty')}</EmptyState>
      ) : (
        <ItemList label={t('title')}>
          {passkeys.map((passkey) => (
            <PasskeyItem key={passkey.id} passkey={toShownPasskey(passkey)} locale={locale} now={now} />
          ))}
        </ItemList>
      )}
    </Section>
  );
}

/** Read-only: the user's own browser is one of these. */
function Sessions({ sessions, locale, now }: ListProps & { sessions: Session[] }) {
  const t = translator(locale, 'profile.sessions');
  return (
    <Section id="sessions" title={t('title')} help={t('help')}>
      {sessions.length === 0 ? (
        <EmptyState>{translator(locale, 'consoleUsers.preview')('noSession')}</EmptyState>
      ) : (
        <ItemList label={t('title')}>
          {sessions.map(({ id, userAgent, address, lastSeenAt }) => {
            const device = toDevice(userAgent);
            const place = placeOf(address, toIntlTag(locale));
            const shown = { id, name: deviceText(device, locale), kind: device.kind, address, place, lastSeenAt };
            return <SessionItem key={id} session={{ ...shown, isCurrent: false }} locale={locale} now={now} />;
          })}
        </ItemList>
      )}
    </Section>
  );
}

function lastOf(times: Date[]): Date | null {
  return times.reduce<Date | null>((last, time) => (last && last > time ? last : time), null);
}
