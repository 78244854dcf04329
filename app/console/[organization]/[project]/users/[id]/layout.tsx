import type { ReactNode } from 'react';
import type { ProjectPlace } from '@/lib/web/console';
import { withMessages } from '../../../../with-messages';
import { UserUndo } from './_components/user-undo';
import { undoChange } from './undo-actions';

const Messages = withMessages('consoleUsers', 'consoleUndo', 'undo');

type Props = { params: Promise<ProjectPlace & { id: string }>; children: ReactNode };

/** Messages and undo; each page authorizes itself. */
export default async function Layout({ params, children }: Props) {
  const { id, ...place } = await params;
  return (
    <Messages>
      <UserUndo id={id} undo={undoChange.bind(null, place)}>
        {children}
      </UserUndo>
    </Messages>
  );
}
