'use client';
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser';
import { type FormEvent, useState } from 'react';
import { authenticateWithPasskey, type CeremonyFailure } from '@/components/passkey/ceremony';
import { failureMessage } from '@/components/passkey/failure-message';
import { Button } from '@/components/ui/button';
import { CodeField } from '@/components/ui/form/code-field';
import { SubmitButton } from '@/components/ui/form/submit-button';
import { KeyRound } from '@/components/ui/icons';
import { Dialog } from '@/components/ui/overlay/dialogs';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

/** The server actions of the dialog "Confirm it's you". */
export type StepUpActions = {
  beginPasskey: () => Promise<ActionResult<PublicKeyCredentialRequestOptionsJSON>>;
  finishPasskey: (response: unknown) => Promise<ActionResult<undefined>>;
  sendCode: () => Promise<ActionResult<{ address: string }>>;
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
  const [sentTo, setSentTo] = useState<string>();

  const attempt = async (what: Exclude<Pending, null>, run: () => Promise<Outcome>) => {
    if (pending) return;
    setPending(what);
    setFailure(undefined);
    const outcome = await run().catch((): Outcome => ({ ok: false, error: { code: 'offline' } }));
    setPending(null);
    if (outcome.ok) outcome.next();
    else setFailure(failureMessage(errors, outcome.error));
  };
  const confirm = () =>
    attempt('passkey', async () =>
      andThen(await authenticateWithPasskey(actions.beginPasskey, actions.finishPasskey), onConfirmed),
    );
  const send = () =>
    attempt('code', async () => {
      const result = await actions.sendCode();
      return result.ok ? { ok: true, next: () => setSentTo(result.value.address) } : result;
    });
  const verify = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get('code') ?? '');
    return attempt('verify', async () => andThen(await actions.verifyCode({ code }), onConfirmed));
  };

  return (
    <Dialog
      isOpen
      isInFront
      onOpenChange={onCancelled}
      title={t('title')}
      closeLabel={common('cancel')}
      description={<p>{t(isCodeRefused ? 'bodyPasskeyOnly' : hasPasskey ? 'body' : 'bodyWithoutPasskey')}</p>}
    >
      <div className="flex flex-col gap-4">
        {hasPasskey && !sentTo && (
          <Button
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
        {sentTo && (
          <form noValidate onSubmit={verify} className="flex flex-col gap-4">
            <p>{t('codeSent', { email: sentTo })}</p>
            <CodeField name="code" label={t('code')} error={failure} />
            <SubmitButton isBlock isPending={pending === 'verify'} pendingLabel={common('working')}>
              {t('verify')}
            </SubmitButton>
          </form>
        )}
        {!sentTo && (
          <p role="status" className="text-muted empty:hidden">
            {failure}
          </p>
        )}
        {!isCodeRefused && (
          <Button
            variant={hasPasskey || sentTo ? 'quiet' : 'primary'}
            isBlock
            onClick={send}
            isPending={pending === 'code'}
            pendingLabel={common('working')}
          >
            {sentTo ? t('resend') : hasPasskey ? t('withCode') : t('sendCode')}
          </Button>
        )}
      </div>
    </Dialog>
  );
}

type Outcome = { ok: true; next: () => void } | { ok: false; error: CeremonyFailure };

function andThen(result: { ok: true } | { ok: false; error: CeremonyFailure }, next: () => void): Outcome {
  return result.ok ? { ok: true, next } : result;
}
