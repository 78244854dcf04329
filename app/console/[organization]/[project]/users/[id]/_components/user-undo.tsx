'use client';

import type { ReactNode } from 'react';
import { UndoProvider } from '@/components/undo/undo-provider';
import type { ActionResult } from '@/lib/platform/action-result';
import type { UndoOutcome } from '@/lib/undo/model/shown';

type Props = {
  id: string;
  undo: (input: { id: string; event: string }) => Promise<ActionResult<UndoOutcome>>;
  children: ReactNode;
};

/** Undoes changes of this user, from toasts and in the history. */
export function UserUndo({ id, undo, children }: Props) {
  return <UndoProvider action={({ event }) => undo({ id, event })}>{children}</UndoProvider>;
}
