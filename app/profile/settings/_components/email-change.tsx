'use client';

import { type FormEvent, useState } from 'react';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Button } from '@/components/ui/button';
import { CodeField } from '@/components/ui/form/code-field';
import { SubmitButton } from '@/components/ui/form/submit-button';
import { TextField } from '@/components/ui/form/text-field';
import { useToast } from '@/components/ui/overlay/toast';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

type Props = {
  email: string;
  /** A change that awaits its code. */
  pendingAddress: string | null;
  send: (input: { email: string }) => Promise<ActionResult<{ address: string }>>;
  confirm: (input: { code: string }) => Promise<ActionResult<{ address: string }>>;
};

/** The email address and its change: a code goes to the new address, and entering it applies the change. */
export function EmailChange({ email, pendingAddress, send, confirm }: Props) {
  const t = useTranslations('settings.email');
  const common = useTranslations('common');
  const login = useTranslations('login.address');
  const toast = useToast();
  const [isOpen, setOpen] = useState(false);
  const [sentTo, setSentTo] = useState(pendingAddress);

  const { run, isPending, failure, setFailure } = useStepUpAction();
  const sendTo = async (address: string) => {
    const result = await run(() => send({ email: address }));
    if (result?.ok) return setSentTo(result.value.address);
    if (result?.error.code !== 'invalid_input') return;
    setFailure(address.toLowerCase() === email ? t('same') : login('malformed'));
  };
  const submitAddress = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = String(new FormData(event.currentTarget).get('newEmail') ?? '').trim();
    return typed === '' ? setFailure(login('missing')) : sendTo(typed);
  };
  const submitCode = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get('code') ?? '');
    const result = await run(() => confirm({ code }));
    if (!result?.ok) return;
    close();
    toast({ text: t('changed', { email: result.value.address }) });
  };
  const close = () => {
    setOpen(false);
    setSentTo(null);
    setFailure(undefined);
  };

  return (
    <div className="flex max-w-text flex-col items-start gap-4">
      <TextField name="email" label={t('title')} value={email} readOnly autoComplete="off" />
      {!isOpen && !sentTo && <Button onClick={() => setOpen(true)}>{t('change')}</Button>}
      {isOpen && !sentTo && (
        <form noValidate onSubmit={submitAddress} className="flex w-full flex-col gap-4">
          <TextField
            name="newEmail"
            type="email"
            label={t('newEmail')}
            help={t('notice', { email })}
            autoComplete="email"
            error={failure}
          />
          <div className="flex flex-wrap gap-2">
            <SubmitButton isPending={isPending} pendingLabel={common('working')}>
              {t('send')}
            </SubmitButton>
            <Button variant="quiet" onClick={close}>
              {common('cancel')}
            </Button>
          </div>
        </form>
      )}
      {sentTo && (
        <form noValidate onSubmit={submitCode} className="flex w-full flex-col gap-4">
          <p role="status">{t('sent', { email: sentTo })}</p>
          <CodeField name="code" label={t('code')} error={failure} />
          <div className="flex flex-wrap gap-2">
            <SubmitButton isPending={isPending} pendingLabel={common('working')}>
              {t('verify')}
            </SubmitButton>
            <Button variant="quiet" onClick={() => sendTo(sentTo)}>
              {t('resend')}
            </Button>
            <Button variant="quiet" onClick={close}>
              {common('cancel')}
            </Button>
          </div>
        </form>
      )}
    </div>
  );
}
