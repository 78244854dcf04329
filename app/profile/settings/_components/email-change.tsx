'use client';

import { type FormEvent, useEffect, useRef, useState } from 'react';
import { ActionNote } from '@/components/step-up/action-note';
import { CodeForm, codeForm } from '@/components/step-up/code-form-on-demand';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Button } from '@/components/ui/button';
import { SubmitButton } from '@/components/ui/form/submit-button';
import { TextField } from '@/components/ui/form/text-field';
import { useOnFirstMove } from '@/components/ui/overlay/on-demand';
import { useToast } from '@/components/ui/overlay/toast';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import type { SentCode } from '@/lib/verification/model';

type Props = {
  email: string;
  /** A change that awaits its code. */
  pending: SentCode | null;
  send: (input: { email: string }) => Promise<ActionResult<SentCode>>;
  confirm: (input: { code: string }) => Promise<ActionResult<{ address: string }>>;
  withdraw: () => Promise<ActionResult<unknown>>;
};

/** The email address and its change: a code goes to the new address, and entering it applies the change. */
export function EmailChange({ email, pending, send, confirm, withdraw }: Props) {
  const t = useTranslations('settings.email');
  const common = useTranslations('common');
  const login = useTranslations('login.address');
  const toast = useToast();
  useOnFirstMove(codeForm);
  const [isOpen, setOpen] = useState(false);
  const [asked] = useState(pending);
  const [sent, setSent] = useState(asked);
  const { run, isPending, failure, isCancelled, setFailure } = useStepUpAction();
  const { button, field } = useStepFocus(sent ? 'code' : isOpen ? 'address' : 'closed', failure);

  const sendTo = async (address: string) => {
    const result = await run(() => send({ email: address }));
    if (result?.ok) setSent(result.value);
    else if (result?.error.code === 'invalid_input')
      setFailure(address.toLowerCase() === email ? t('same') : login('malformed'));
    return result?.ok === true;
  };
  const submitAddress = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = String(new FormData(event.currentTarget).get('newEmail') ?? '').trim();
    if (typed === '') setFailure(login('missing'));
    else await sendTo(typed);
  };
  const submitCode = async (code: string) => {
    const result = await run(() => confirm({ code }));
    if (!result?.ok) return;
    close();
    toast({ text: t('changed', { email: result.value.address }) });
  };
  const close = () => {
    setOpen(false);
    setSent(null);
    setFailure(undefined);
  };
  /** The mailed code must not work later, nor the form come back with the next visit. */
  const abandon = () => {
    if (sent) void withdraw().catch(() => undefined);
    close();
  };
  const cancel = (
    <Button size={sent ? 'small' : 'medium'} variant="quiet" onClick={abandon}>
      {common('cancel')}
    </Button>
  );

  return (
    <div className="flex max-w-text flex-col items-start gap-4">
      <TextField name="email" label={t('title')} value={email} readOnly autoComplete="off" />
      {!isOpen && !sent && (
        <Button ref={button} onClick={() => setOpen(true)}>
          {t('change')}
        </Button>
      )}
      {isOpen && !sent && (
        <form noValidate onSubmit={submitAddress} className="flex w-full flex-col gap-4">
          <TextField
            ref={field}
            name="newEmail"
            type="email"
            label={t('newEmail')}
            help={t('notice', { email })}
            autoComplete="email"
            error={failure}
          />
          <ActionNote failure={undefined} isCancelled={isCancelled} />
          <div className="flex flex-wrap gap-2">
            <SubmitButton isPending={isPending} pendingLabel={common('working')}>
              {t('send')}
            </SubmitButton>
            {cancel}
          </div>
        </form>
      )}
      {sent && (
        <>
          <p role="status">{t('sent', { email: sent.address })}</p>
          <CodeForm
            pauseSeconds={sent.pauseSeconds}
            failure={failure}
            isPending={isPending}
            onCode={submitCode}
            onResend={() => sendTo(sent.address)}
            takesFocus={sent !== asked}
            onOpenChange={close}
          >
            {cancel}
          </CodeForm>
        </>
      )}
    </div>
  );
}

/** Each step replaces the control that led to it, so its first control takes the focus; so does a refused address. */
function useStepFocus(step: 'closed' | 'address' | 'code', failure: string | undefined) {
  const button = useRef<HTMLButtonElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const previous = useRef(step);
  useEffect(() => {
    if (previous.current === step) return;
    previous.current = step;
    (step === 'closed' ? button : field).current?.focus();
  }, [step]);
  useEffect(() => {
    if (failure) field.current?.focus();
  }, [failure]);
  return { button, field };
}
