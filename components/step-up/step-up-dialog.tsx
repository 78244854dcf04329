'use client';

import { useLayoutEffect, useRef, useState } from 'react';
import { authenticateWithPasskey, type PasskeyRequestOptions } from '@/components/passkey/authenticate';
import type { CeremonyFailure } from '@/components/passkey/ceremony';
import { failureMessage } from '@/components/passkey/failure-message';
import { Button } from '@/components/ui/button';
import { KeyRound } from '@/components/ui/icons';
import { Dialog } from '@/components/ui/overlay/dialogs';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import type { SentCode } from '@/lib/verification/model';
import { CodeForm } from './code-form';

/** The server actions of the dialog "Confirm it's you". */
export type StepUpActions = {
  beginPasskey: () => Promise<ActionResult<PasskeyRequestOptions>>;
  finishPasskey: (response: unknown) => Promise<ActionResult<undefined>>;
  sendCode: () => Promise<ActionResult<SentCode>>;
  verifyCode: (input: { code: string }) => Promise<ActionResult<undefined>>;
};

export type StepUpDialogProps = {
  actions: StepUpActions;
  hasPasskey: boolean;
  isCodeRefused: boolean;
  onConfirmed: () => void;
  onCancelled: () => void;
};
type Pending = 'passkey' | 'code' | 'verify' | null;

/** "Confirm it's you": with a passkey of this account, or with a code to its address. */
export function StepUpDialog({ actions, hasPasskey, isCodeRefused, onConfirmed, onCancelled }: StepUpDialogProps) {
  const t = useTranslations('common.stepUp');
  const common = useTranslations('common');
  const errors = useTranslations('errors.browser');
  const [pending, setPending] = useState<Pending>(null);
  const [failure, setFailure] = useState<string>();
  const [sent, setSent] = useState<SentCode | null>(null);
  const passkeyButton = useFocusOnReturn(sent !== null);

  const attempt = async (what: Exclude<Pending, null>, run: () => Promise<Outcome>): Promise<boolean> => {
    if (pending) return false;
    setPending(what);
    setFailure(undefined);
    const outcome = await run().catch((): Outcome => ({ ok: false, error: { code: 'offline' } }));
    setPending(null);
    if (outcome.ok) outcome.next();
    else setFailure(failureMessage(errors, outcome.error));
    return outcome.ok;
  };
  const confirm = () =>
    attempt('passkey', async () =>
      andThen(await authenticateWithPasskey(actions.beginPasskey, actions.finishPasskey), onConfirmed),
    );
  const send = () =>
    attempt('code', async () => {
      const result = await actions.sendCode();
      return result.ok ? { ok: true, next: () => setSent(result.value) } : result;
    });
  const verify = (code: string) =>
    attempt('verify', async () => andThen(await actions.verifyCode({ code }), onConfirmed));
  const usePasskey = () => {
    setSent(null);
    setFailure(undefined);
  };

  const lead = isCodeRefused ? 'bodyPasskeyOnly' : hasPasskey ? 'body' : 'bodyWithoutPasskey';
  return (
    <Dialog
      isOpen
      isInFront
      onOpenChange={onCancelled}
      title={t('title')}
      closeLabel={common('close')}
      description={<p>{sent ? t('codeSent', { email: sent.address }) : t(lead)}</p>}
      actions={
        <Button variant="quiet" isBlock onClick={onCancelled}>
          {common('cancel')}
        </Button>
      }
    >
      {sent ? (
        <CodeForm
          pauseSeconds={sent.pauseSeconds}
          failure={failure}
          isPending={pending === 'verify'}
          onCode={verify}
          onResend={send}
          takesFocus
        >
          {hasPasskey && (
            <Button size="small" variant="quiet" onClick={usePasskey}>
              {t('withPasskeyInstead')}
            </Button>
          )}
        </CodeForm>
      ) : (
        <div className="flex flex-col gap-4">
          {hasPasskey && (
            <Button
              ref={passkeyButton}
              variant="primary"
              isBlock
              icon={<KeyRound size={16} aria-hidden />}
              onClick={confirm}
              isPending={pending === 'passkey'}
              pendingLabel={common('working')}
            >
              {t('withPasskey')}
            </Button>
          )}
          <p role="status" className="text-muted empty:hidden">
            {failure}
          </p>
          {!isCodeRefused && (
            <Button
              variant={hasPasskey ? 'quiet' : 'primary'}
              isBlock
              onClick={send}
              isPending={pending === 'code'}
              pendingLabel={common('working')}
            >
              {hasPasskey ? t('withCode') : t('sendCode')}
            </Button>
          )}
        </div>
      )}
    </Dialog>
  );
}

/** Back from the code, the button that led there is gone: the passkey's button takes the focus. */
function useFocusOnReturn(isAway: boolean) {
  const button = useRef<HTMLButtonElement>(null);
  const wasAway = useRef(isAway);
  useLayoutEffect(() => {
    if (wasAway.current && !isAway) button.current?.focus();
    wasAway.current = isAway;
  }, [isAway]);
  return button;
}

type Outcome = { ok: true; next: () => void } | { ok: false; error: CeremonyFailure };

function andThen(result: { ok: true } | { ok: false; error: CeremonyFailure }, next: () => void): Outcome {
  return result.ok ? { ok: true, next } : result;
}
