import type { ReactNode } from 'react';
import { IdentityStateBadge } from '@/components/identity/identity-state-badge';
import { FocusHeadingAfter } from '@/components/shell/focus-heading-after';
import { PageHeading } from '@/components/shell/page-heading';
import { Avatar } from '@/components/ui/avatar';
import { Badge } from '@/components/ui/badge';
import { ButtonLink } from '@/components/ui/button-link';
import { Eye } from '@/components/ui/icons';
import { Breadcrumbs } from '@/components/ui/layout/breadcrumbs';
import { TabsNav } from '@/components/ui/layout/tabs-nav';
import { Notice } from '@/components/ui/notice';
import { TextLink } from '@/components/ui/text-link';
import { formatDay } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { plainName } from '@/lib/identity/model/name';
import { toPicturePath } from '@/lib/picture/model';
import { listIdentitySessions } from '@/lib/session/service';
import { userCommands } from '../../commands';
import { createRecovery, deleteUser, previewUser, setUserState } from '../actions';
import type { UserPage } from '../user';
import { ChangeState } from './change-state';
import { CreateRecovery } from './create-recovery';
import { DeleteUser } from './delete-user';
import { PendingDeletion } from './pending-deletion';
import { PhoneActions } from './phone-actions';

/** The user's header, actions and tabs. */
export async function UserFrame({ user, children }: { user: UserPage; children: ReactNode }) {
  const { proof, identity, name, base, locale } = user;
  const t = translator(locale, 'consoleUsers');
  const sessions = await listIdentitySessions(proof.project, identity);
  const project = base.slice(0, base.lastIndexOf('/users/'));
  const tab = (
    path: string,
    key: 'overview' | 'traits' | 'passkeys' | 'sessions' | 'history' | 'raw',
    count?: number,
  ) => ({
    href: `${base}${path}`,
    text: t(`tabs.${key}`),
    ...(count !== undefined && { count }),
  });
  return (
    <>
      <Breadcrumbs
        label={translator(locale, 'common')('breadcrumbs')}
        items={[{ href: `${project}/users`, text: t('title') }]}
        current={name}
      />
      <div className="flex flex-wrap items-start justify-between gap-x-6">
        <div className="flex min-w-0 items-start gap-4">
          <Avatar name={plainName(identity)} src={toPicturePath(identity.pictureId)} size="large" />
          <PageHeading title={name}>
            <span className="flex flex-wrap items-center gap-x-3 gap-y-1 pt-1 text-sm">
              <IdentityStateBadge state={identity.state} locale={locale} />
              {identity.deletionDueAt !== null && (
                <Badge tone="warning">
                  {t('deletesOn', { date: formatDay(identity.deletionDueAt, locale, 'UTC') })}
                </Badge>
              )}
              {identity.operatorRoles.length > 0 && <Badge>{t('operator')}</Badge>}
              <span className="max-sm:hidden">
                <TextLink href={`${project}/schemas/${encodeURIComponent(identity.schemaId)}`}>
                  {t('header.schema', { schema: identity.schemaId })}
                </TextLink>
              </span>
            </span>
          </PageHeading>
        </div>
        <UserActions user={user} sessionCount={sessions.length} />
      </div>
      <FocusHeadingAfter shown={identity.deletionDueAt === null ? [] : ['deletion']} />
      <PendingDeletion user={user} />
      <ReadOnlyNotice user={user} />
      <div className="flex flex-col gap-6">
        <TabsNav
          label={t('tabs.label')}
          items={[
            tab('', 'overview'),
            tab('/traits', 'traits'),
            tab('/passkeys', 'passkeys', identity.passkeyCount),
            tab('/sessions', 'sessions', sessions.length),
            tab('/history', 'history'),
            tab('/raw', 'raw'),
          ]}
        />
        {children}
      </div>
    </>
  );
}

function UserActions({ user, sessionCount }: { user: UserPage; sessionCount: number }) {
  const { proof, identity, name, email, base, place, locale, isSelf, canChange } = user;
  const t = translator(locale, 'consoleUsers');
  const { id, state, passkeyCount } = identity;
  const commands = userCommands(proof.project.origin, id);
  const next = state === 'active' ? 'inactive' : 'active';
  const canManage = canChange && !isSelf;
  return (
    <PhoneActions label={t('header.actions')}>
      <ButtonLink href={`${base}/preview`} size="small" icon={<Eye size={16} aria-hidden />}>
        {t('preview.action')}
      </ButtonLink>
      {canManage && state === 'active' && (
        <CreateRecovery
          name={name}
          locale={locale}
          create={createRecovery.bind(null, place)}
          id={id}
          curl={{ link: commands.issueRecoveryLink(), code: commands.issueRecoveryCode() }}
        />
      )}
      {canManage && (
        <ChangeState
          id={id}
          name={name}
          state={state}
          sessionCount={sessionCount}
          passkeyCount={passkeyCount}
          set={setUserState.bind(null, place)}
          preview={previewUser.bind(null, place, { id, action: 'deactivate' })}
          curl={commands.setState(next)}
        />
      )}
      {canManage && (
        <DeleteUser
          id={id}
          name={name}
          confirmation={email ?? name}
          isNotified={email !== null}
          sessionCount={sessionCount}
          passkeyCount={passkeyCount}
          recycleBinDays={identity.deletionDueAt === null ? proof.project.recycleBinDays : 0}
          remove={deleteUser.bind(null, place)}
          preview={previewUser.bind(null, place, { id, action: 'delete' })}
          listHref={base.slice(0, base.lastIndexOf('/'))}
          curl={{ remove: commands.remove(), purge: commands.purge() }}
        />
      )}
    </PhoneActions>
  );
}

/** Why an operator with sufficient rights cannot change this user. */
function ReadOnlyNotice({ user: { isSelf, isInReach, locale } }: { user: UserPage }) {
  const t = translator(locale, 'consoleUsers.header');
  if (!isSelf && isInReach) return null;
  const link = (words: ReactNode) => <TextLink href="/profile/settings">{words}</TextLink>;
  return (
    <div className="pb-6">
      <Notice word={translator(locale, 'common.notice')('info')}>
        {isSelf ? t.rich('isYou', { link }) : t('outOfReach')}
      </Notice>
    </div>
  );
}
