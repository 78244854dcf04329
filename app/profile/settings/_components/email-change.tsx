'use client';

import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { failureMessage } from '@/components/passkey/failure-message';
import { useStepUp } from '@/components/step-up/step-up-provider';
import { Button } from '@/components/ui/button';
import { CodeField } from '@/components/ui/code-field';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextField } from '@/components/ui/text-field';
import { useToast } from '@/components/ui/toast';
import type { ActionResult } from '@/lib/platform/action-result';

type Props = {
  email: string;
  /** A change that waits for its code. */
  pendingAddress: string | null;
  send: (input: { email: string }) => Promise<ActionResult<{ address: string }>>;
  confirm: (input: { code: string }) => Promise<ActionResult<{ address: string }>>;
};

/** The address, and its change: a code to the new one, then it counts. */
export function EmailChange({ email, pendingAddress, send, confirm }: Props) {
  const t = useTranslations('settings.email');
  const common = useTranslations('common');
  const errors = useTranslations('errors');
  const login = useTranslations('login');
  const withStepUp = useStepUp();
  const toast = useToast();
  const [isOpen, setOpen] = useState(false);
  const [sentTo, setSentTo] = useState(pendingAddress);
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<string>();

  const run = async <Output,>(attempt: () => Promise<ActionResult<Output>>, done: (output: Output) => void) => {
    if (isPending) return;
    setPending(true);
    setFailure(undefined);
    const result = await withStepUp(() => attempt().catch(() => ({ ok: false, error: { code: 'offline' } }) as const));
    setPending(false);
    if (result.ok) return done(result.value);
    const isMalformed = result.error.code === 'invalid_input';
    const isSame =
      isMalformed && 'violations' in result.error && result.error.violations?.[0]?.message.includes('present');
    setFailure(isSame ? t('same') : isMalformed ? login('emailMalformed') : failureMessage(errors, result.error));
  };
  const sendTo = (address: string) =>
    run(
      () => send({ email: address }),
      (output) => setSentTo(output.address),
    );
  const submitAddress = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = String(new FormData(event.currentTarget).get('newEmail') ?? '').trim();
    if (typed === '') return setFailure(login('emailMissing'));
    return sendTo(typed);
  };
  const submitCode = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get('code') ?? '');
    return run(
      () => confirm({ code }),
      (output) => {
        close();
        toast({ text: t('changed', { email: output.address }) });
      },
    );
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
