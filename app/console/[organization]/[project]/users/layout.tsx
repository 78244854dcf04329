import { withMessages } from '../../../with-messages';
import { RestoreProvider } from './_components/restore-provider';
import { restoreUser } from './recycle-bin/actions';

const WithMessages = withMessages(
  'consoleUsers.operator',
  'consoleUsers.noEmail',
  'consoleUsers.verified',
  'consoleUsers.columns.never',
  'consoleUsers.state',
  'consoleUsers.deletesOn',
  'consoleUsers.deleting',
);

/** Performs no authorization: the action proves for itself. */
export default async function UsersLayout({
  params,
  children,
}: LayoutProps<'/console/[organization]/[project]/users'>) {
  const { organization, project } = await params;
  return (
    <WithMessages>
      <RestoreProvider restore={restoreUser.bind(null, { organization, project })}>{children}</RestoreProvider>
    </WithMessages>
  );
}
