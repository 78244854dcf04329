import type { ReactNode } from 'react';
import { Badge } from '@/components/ui/badge';
import { CopyButton } from '@/components/ui/copy-button';
import { DescriptionList, DescriptionRow } from '@/components/ui/data/description-list';
import { RelativeTime } from '@/components/ui/data/relative-time';
import { Stat, StatList } from '@/components/ui/data/stat';
import { Panel } from '@/components/ui/layout/panel';
import { TextLink } from '@/components/ui/text-link';
import { listEvents } from '@/lib/audit/service';
import { formatNumber, isLocale, LOCALE_NAMES, type Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import type { VerifiableAddress } from '@/lib/identity/model';
import type { Json } from '@/lib/platform/json';
import { listOrganizations } from '@/lib/project/service';
import { listIdentitySessions } from '@/lib/session/service';
import { requireProject } from '@/lib/web/console';
import { UserFrame } from './_components/user-frame';
import { findUser, type UserPage, userTitle } from './user';

export const generateMetadata = userTitle();

/** A user at a glance. */
export default async function UserOverviewPage({ params }: PageProps<'/console/[organization]/[project]/users/[id]'>) {
  const { id, ...place } = await params;
  const user = await findUser(await requireProject(place), id);
  return (
    <UserFrame user={user}>
      <SignIns user={user} />
      <Facts user={user} />
    </UserFrame>
  );
}

async function SignIns({ user: { proof, identity, base, locale } }: { user: UserPage }) {
  const t = translator(locale, 'consoleUsers.facts');
  const [sessions, [lastSignIn]] = await Promise.all([
    listIdentitySessions(proof.project, identity),
    listEvents(proof.project.id, { type: 'session.started', identityId: identity.id }, { limit: 1 }),
  ]);
  return (
    <StatList>
      <Stat label={t('passkeys')} value={formatNumber(identity.passkeyCount, locale)} href={`${base}/passkeys`} />
      <Stat label={t('sessions')} value={formatNumber(sessions.length, locale)} href={`${base}/sessions`} />
      <Stat
        label={t('lastSignIn')}
        value={lastSignIn ? <RelativeTime value={lastSignIn.createdAt} now={new Date()} locale={locale} /> : t('never')}
      />
    </StatList>
  );
}

async function Facts({ user }: { user: UserPage }) {
  const { identity, base, locale } = user;
  const t = translator(locale, 'consoleUsers.facts');
  const common = translator(locale, 'common');
  const now = new Date();
  const none = <span className="text-muted">{t('none')}</span>;
  const time = (value: Date) => <RelativeTime value={value} now={now} locale={locale} />;
  const schema = { schema: identity.schemaId, version: identity.schemaVersion };
  const roles = await rolesOf(user);
  const schemas = base.slice(0, base.lastIndexOf('/users/'));
  return (
    <Panel id="facts" title={t('title')}>
      <DescriptionList>
        <DescriptionRow
          term={t('id')}
          action={
            <CopyButton
              value={identity.id}
              label={t('copyId')}
              copyText={common('copy')}
              copiedText={common('copied')}
            />
          }
        >
          <code className="font-mono">{identity.id}</code>
        </DescriptionRow>
        <DescriptionRow term={t('emails')}>
          {identity.verifiableAddresses.length === 0
            ? none
            : identity.verifiableAddresses.map((address) => (
                <Address key={address.id} address={address} locale={locale} />
              ))}
        </DescriptionRow>
        {roles.length > 0 && (
          <DescriptionRow term={t('roles')}>
            {roles.map((role) => (
              <p key={role}>{role}</p>
            ))}
          </DescriptionRow>
        )}
        <DescriptionRow term={t('created')}>{time(identity.createdAt)}</DescriptionRow>
        <DescriptionRow term={t('updated')}>{time(identity.updatedAt)}</DescriptionRow>
        <DescriptionRow term={t('stateChanged')}>{time(identity.stateChangedAt)}</DescriptionRow>
        <DescriptionRow term={t('schema')}>
          <TextLink
            href={`${schemas}/schemas/${encodeURIComponent(identity.schemaId)}?version=${identity.schemaVersion}`}
          >
            {t('schemaVersion', schema)}
          </TextLink>
          {user.canChange && (
            <>
              {' · '}
              <TextLink href={`${base}/schema`}>{translator(locale, 'consoleSchemaChange.move')('action')}</TextLink>
            </>
          )}
        </DescriptionRow>
        {isLocale(identity.locale) && (
          <DescriptionRow term={t('language')}>{LOCALE_NAMES[identity.locale]}</DescriptionRow>
        )}
        <DescriptionRow term={t('externalId')}>{identity.externalId ?? none}</DescriptionRow>
        <DescriptionRow term={t('metadataPublic')}>{jsonOr(identity.metadataPublic, none)}</DescriptionRow>
        <DescriptionRow term={t('metadataAdmin')}>{jsonOr(identity.metadataAdmin, none)}</DescriptionRow>
      </DescriptionList>
    </Panel>
  );
}

function Address({ address: { value, verified }, locale }: { address: VerifiableAddress; locale: Locale }) {
  const t = translator(locale, 'consoleUsers');
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <bdi className="min-w-0 wrap-anywhere">{value}</bdi>
      <Badge tone={verified ? 'success' : 'neutral'}>{t(verified ? 'verified' : 'unverified')}</Badge>
    </p>
  );
}

function jsonOr(value: Json, none: ReactNode): ReactNode {
  if (value === null) return none;
  return <code className="font-mono whitespace-pre-wrap">{JSON.stringify(value, null, 2)}</code>;
}

/** Organizations the viewer has no role in are not named. */
async function rolesOf({ proof, identity, locale }: UserPage): Promise<string[]> {
  if (identity.operatorRoles.length === 0) return [];
  const t = translator(locale, 'consoleUsers.facts');
  const roles = translator(locale, 'console.roles');
  const own = proof.person.identity.operatorRoles.map(({ organizationId }) => organizationId);
  const names = new Map((await listOrganizations(own)).map(({ id, name }) => [id, name]));
  return identity.operatorRoles.map(({ organizationId, role }) =>
    t('roleIn', { role: roles(role), organization: names.get(organizationId) ?? t('otherOrganization') }),
  );
}
