'use client';

import { useEffect, useRef, useState } from 'react';
import { failureMessage } from '@/components/passkey/failure-message';
import { PasskeyRow } from '@/components/passkey/passkey-row';
import type { Renamed } from '@/components/passkey/rename-passkey-form';
import type { ShownPasskey } from '@/components/passkey/shown-passkey';
import { FocusHeadingAfter } from '@/components/shell/focus-heading-after';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/data/empty-state';
import { ItemList } from '@/components/ui/data/item-list';
import { KeyRound, Plus } from '@/components/ui/icons';
import { Section } from '@/components/ui/layout/section';
import { Notice } from '@/components/ui/notice';
import { useToast } from '@/components/ui/overlay/toast';
import { HELD_UNDO_SECONDS, UNDO_SECONDS } from '@/lib/credential/model/deletion';
import type { Locale } from '@/lib/i18n/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import { DeletePasskeyDialog } from './delete-passkey-dialog';
import { type SignOutOthers, SignOutOthersButton } from './sign-out-others';
import { holdSignals } from './signals';
import { forgetUndoable, rememberUndoable, takeUndoable, type Undoable } from './undoable';
import { type AddPasskeyActions, useAddPasskey } from './use-add-passkey';

type Props = {
  passkeys: Array<ShownPasskey & { isCurrent: boolean }>;
  /** The address for sign-in emails; null if the person cannot sign in by email, so the last passkey must stay. */
  email: string | null;
  otherSessionCount: number;
  locale: Locale;
  now: Date;
  actions: {
    add: AddPasskeyActions;
    rename: (input: { id: string; name: string }) => Promise<ActionResult<Renamed>>;
    remove: (input: { id: string }) => Promise<ActionResult<unknown>>;
    undo: (input: { id: string }) => Promise<ActionResult<{ isRestored: boolean }>>;
    hold: (input: { id: string }) => Promise<ActionResult<unknown>>;
    signOutOthers: SignOutOthers;
  };
};

/** The region "Passkeys": the list, adding and naming a passkey, and status messages. */
export function PasskeySection({ passkeys, email, otherSessionCount, locale, now, actions }: Props) {
  const t = useTranslations('profile.passkeys');
  const sessionsText = useTranslations('profile.sessions');
  const pairing = useTranslations('pairing');
  const common = useTranslations('common');
  const errors = useTranslations('errors.browser');
  const toast = useToast();
  const [message, setMessage] = useState<string>();
  const [isHere, setHere] = useState(false);
  const [namingId, setNamingId] = useState<string>();
  const [hasDeleted, setDeleted] = useState(false);
  const { add, isPending } = useAddPasskey(actions.add, {
    onAdded: ({ id }) => {
      setNamingId(id);
      toast({ text: t('created') });
    },
    onFailed: (text, code) => {
      setMessage(text);
      setHere(code === 'passkey_already_registered');
    },
  });
  const { run: runUndo } = useStepUpAction();
  const restore = async (undoable: Undoable) => {
    const { id, name, until } = undoable;
    const result = await runUndo(() => actions.undo({ id }));
    if (!result) return;
    if (!result.ok) {
      setMessage(failureMessage(errors, result.error));
      if (Date.now() < until) offerUndo(undoable); // such as offline: it may work now
      return;
    }
    forgetUndoable(id);
    const { isRestored } = result.value;
    if (isRestored) {
      holdSignals(0);
      setDeleted(false);
    }
    setMessage(t(isRestored ? 'restored' : 'notRestored', { name }));
  };
  const offerUndo = (undoable: Undoable) => {
    const { id, name, until } = undoable;
    toast({
      text: t('deleted', { name }),
      action: {
        label: t('undo'),
        visibleMillis: until - Date.now(),
        onSelect: () => void restore(undoable),
        onPause: () => {
          holdSignals(HELD_UNDO_SECONDS * 1000);
          rememberUndoable({ id, name, until: Math.max(until, Date.now() + HELD_UNDO_SECONDS * 1000) });
          void actions.hold({ id });
        },
      },
    });
  };
  const deleted = (id: string, name: string) => {
    const undoable = { id, name, until: Date.now() + UNDO_SECONDS * 1000 };
    setDeleted(true);
    setMessage(undefined);
    holdSignals(UNDO_SECONDS * 1000);
    rememberUndoable(undoable);
    offerUndo(undoable);
  };
  const offer = useRef(offerUndo);
  offer.current = offerUndo;
  useEffect(() => {
    for (const undoable of takeUndoable()) offer.current(undoable);
  }, []);
  const addButton = (
    <div className="flex flex-wrap gap-2">
      <Button
        id="add-passkey"
        variant="primary"
        icon={<Plus size={16} aria-hidden />}
        waitsForHydration
        onClick={add}
        isPending={isPending}
        pendingLabel={t('adding')}
      >
        {t('add')}
      </Button>
      <ButtonLink href="/profile/device">{pairing('action')}</ButtonLink>
    </div>
  );
  return (
    <Section id="passkeys" title={t('title')} help={t('help')} action={addButton}>
      <FocusHeadingAfter shown={passkeys.map(({ id }) => id)} headingId="passkeys" />
      <div className="flex flex-col gap-4">
        <p role="status" className="text-muted empty:hidden">
          {message}
        </p>
        {passkeys.length === 0 ? (
          <EmptyState icon={<KeyRound size={20} aria-hidden />}>{t('empty')}</EmptyState>
        ) : (
          <ItemList label={t('title')}>
            {passkeys.map((passkey) => (
              <PasskeyRow
                key={passkey.id}
                passkey={passkey}
                locale={locale}
                now={now}
                // The browser does not say which of several it is.
                isHighlighted={isHere && passkeys.length === 1}
                isNaming={namingId === passkey.id}
                onNamed={() => setNamingId(undefined)}
                rename={actions.rename}
                deletion={(close) => (
                  <DeletePasskeyDialog
                    passkey={passkey}
                    otherCount={passkeys.length - 1}
                    email={email}
                    remove={actions.remove}
                    onClose={close}
                    onDeleted={() => deleted(passkey.id, passkey.name)}
                    onAddAnother={() => {
                      close();
                      add();
                    }}
                  />
                )}
              />
            ))}
          </ItemList>
        )}
        {hasDeleted && otherSessionCount > 0 && (
          <Notice
            word={common('notice.info')}
            action={<SignOutOthersButton count={otherSessionCount} signOutOthers={actions.signOutOthers} />}
          >
            {sessionsText('offerAfterPasskeyDeleted')}
          </Notice>
        )}
      </div>
    </Section>
  );
}
