import { deviceText } from '@/components/session/device-text';
import { FocusHeadingAfter } from '@/components/shell/focus-heading-after';
import { EmptyState } from '@/components/ui/data/empty-state';
import { MonitorOff } from '@/components/ui/icons';
import { toIntlTag } from '@/lib/i18n/model';
import { I18nProvider } from '@/lib/i18n/provider';
import { messagesOf, translator } from '@/lib/i18n/translate';
import { placeOf } from '@/lib/platform/geo';
import { toDevice } from '@/lib/platform/user-agent';
import type { Session } from '@/lib/session/model';
import { listIdentitySessions } from '@/lib/session/service';
import { requireProject } from '@/lib/web/console';
import { userCommands } from '../../commands';
import { UserFrame } from '../_components/user-frame';
import { endUserSession, endUserSessions, previewUser } from '../actions';
import { findUser, userTitle } from '../user';
import { UserSessions } from './_components/user-sessions';

export const generateMetadata = userTitle('sessions');

/** A user's sessions. One or all of them can be revoked. */
export default async function UserSessionsPage({
  params,
}: PageProps<'/console/[organization]/[project]/users/[id]/sessions'>) {
  const { id, ...place } = await params;
  const user = await findUser(await requireProject(place), id);
  const { proof, identity, name, locale, canChange } = user;
  const sessions = await listIdentitySessions(proof.project, identity);
  const current = proof.person.session.id;
  const commands = userCommands(proof.project.origin, identity.id);
  const toItem = (session: Session) => {
    const { id: sessionId, address, lastSeenAt, createdAt, expiresAt, method } = session;
    const device = toDevice(session.userAgent);
    return {
      ...{ id: sessionId, address, lastSeenAt, createdAt, expiresAt, method },
      name: deviceText(device, locale),
      kind: device.kind,
      place: placeOf(address, toIntlTag(locale)),
      isCurrent: sessionId === current,
      curl: commands.endSession(sessionId),
    };
  };
  return (
    <UserFrame user={user}>
      <FocusHeadingAfter shown={sessions.map(({ id: sessionId }) => sessionId)} />
      {sessions.length === 0 ? (
        <EmptyState icon={<MonitorOff size={20} aria-hidden />}>
          {translator(locale, 'consoleUsers.sessions')('empty')}
        </EmptyState>
      ) : (
        <I18nProvider locale={locale} messages={messagesOf(locale, 'profile')}>
          <UserSessions
            userId={identity.id}
            userName={name}
            sessions={sessions.map(toItem)}
            canEnd={canChange}
            locale={locale}
            now={new Date()}
            end={endUserSession.bind(null, user.place)}
            endAll={endUserSessions.bind(null, user.place)}
            preview={previewUser.bind(null, user.place, { id: user.identity.id, action: 'sign_out' })}
            curl={commands.endSessions()}
          />
        </I18nProvider>
      )}
    </UserFrame>
  );
}
