'use client';

import { useState } from 'react';
import { ConfirmAction } from '@/components/step-up/confirm-action';
import { CirclePause, CirclePlay } from '@/components/ui/icons';
import { useUndo } from '@/components/undo/undo-provider';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { IdentityState } from '@/lib/identity/model';
import type { ActionResult } from '@/lib/platform/action-result';
import { AlsoEnds, type PreviewEnds } from './also-ends';
import { CopyCurl } from './copy-curl';

type Props = {
  id: string;
  name: string;
  state: IdentityState;
  sessionCount: number;
  passkeyCount: number;
  set: (input: { id: string; state: IdentityState }) => Promise<ActionResult<{ undo: string | null }>>;
  preview: PreviewEnds;
  curl: string;
};

/** Deactivates, after stating in numbers what is revoked; or reactivates. */
export function ChangeState({ id, name, state, sessionCount, passkeyCount, set, preview, curl }: Props) {
  // The dialog keeps its text while it closes, although the page behind it is already up to date.
  const [shownState, setShownState] = useState(state);
  const { announce } = useUndo();
  const isActive = shownState === 'active';
  const button = useTranslations(state === 'active' ? 'consoleUsers.deactivate' : 'consoleUsers.reactivate');
  const t = useTranslations(isActive ? 'consoleUsers.deactivate' : 'consoleUsers.reactivate');
  const deactivate = useTranslations('consoleUsers.deactivate');
  const icon = state === 'active' ? <CirclePause size={16} aria-hidden /> : <CirclePlay size={16} aria-hidden />;
  return (
    <ConfirmAction
      trigger={{ size: 'small', icon, children: button('action') }}
      onOpen={() => setShownState(state)}
      title={t('title', { name })}
      description={
        isActive ? (
          <>
            <p>{deactivate('body', { sessions: sessionCount })}</p>
            <AlsoEnds intro="ends" preview={preview} />
            <p>{deactivate('kept', { passkeys: passkeyCount })}</p>
          </>
        ) : (
          <p>{t('body', { sessions: sessionCount })}</p>
        )
      }
      confirmLabel={t('confirm')}
      action={() => set({ id, state: isActive ? 'inactive' : 'active' })}
      onDone={({ undo }) => announce(t('done', { name }), undo)}
    >
      <div>
        <CopyCurl command={curl} />
      </div>
    </ConfirmAction>
  );
}
