'use client';

import { useEffect, useRef } from 'react';
import { FailureNotice } from '@/components/shell/failure-notice';
import { ResendButton } from '@/components/shell/resend-button';
import { CodeField } from '@/components/ui/form/code-field';
import { SubmitButton } from '@/components/ui/form/submit-button';
import { type Unanswered, useFormAction } from '@/components/ui/form/use-form-action';
import { Mail } from '@/components/ui/icons';
import { Notice } from '@/components/ui/notice';
import { type Failure, failureSentence } from '@/lib/i18n/error-message';
import { useTranslations } from '@/lib/i18n/use-translations';
import { type MailboxState, sendCode, verifyMailbox } from '../actions';

const unanswered = (code: Unanswered): MailboxState => ({ failure: { code } });

/** A new person verifies the invited mailbox: first they request a code. */
export function SendCodeForm({ token }: { token: string }) {
  const t = useTranslations('setup.invitation');
  const common = useTranslations('common');
  const [{ failure }, submit] = useFormAction<MailboxState>(sendCode, { failure: null }, unanswered);
  return (
    <form action={submit} className="flex flex-col gap-4">
      <FailureNotice failure={failure} />
      <input type="hidden" name="token" value={token} />
      <SubmitButton isBlock icon={<Mail size={16} aria-hidden />} pendingLabel={common('working')}>
        {t('sendCode')}
      </SubmitButton>
    </form>
  );
}

type CodeProps = { token: string; minutes: number; pauseSeconds: number; isResent: boolean };

/** Then they enter it. */
export function MailboxCodeForm({ token, minutes, pauseSeconds, isResent }: CodeProps) {
  const t = useTranslations('login.code');
  const common = useTranslations('common');
  const words = useTranslations('common.code');
  const errors = useTranslations('errors.browser');
  const field = useRef<HTMLInputElement>(null);
  const [answer, submit] = useFormAction<MailboxState>(verifyMailbox, { failure: null }, unanswered);
  const [asked, resend] = useFormAction<MailboxState>(sendCode, { failure: null }, unanswered);
  const error = fieldError(answer.failure);
  useEffect(() => {
    if (!fieldError(answer.failure)) return;
    field.current?.focus();
    field.current?.select();
  }, [answer]);
  return (
    <>
      <FailureNotice failure={asked.failure ?? (error ? null : answer.failure)} />
      <div role="status" className="empty:hidden">
        {isResent && !asked.failure && (
          <Notice tone="success" word={common('notice.success')}>
            {words('resent')}
          </Notice>
        )}
      </div>
      <form action={submit} noValidate className="flex flex-col gap-4">
        <input type="hidden" name="token" value={token} />
        <CodeField
          ref={field}
          name="code"
          label={t('code')}
          help={t('help', { minutes })}
          error={error && (error.code === 'invalid_input' ? t('missing') : failureSentence(errors, error))}
        />
        <SubmitButton isBlock pendingLabel={common('working')}>
          {t('verify')}
        </SubmitButton>
      </form>
      <form action={resend} className="-mx-2.5">
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="resent" value="1" />
        <ResendButton pauseSeconds={pauseSeconds} />
      </form>
    </>
  );
}

const FIELD_ERRORS = ['invalid_input', 'code_wrong', 'code_used_or_expired'] as const;

function fieldError(failure: Failure | null): Failure | undefined {
  return failure && FIELD_ERRORS.some((code) => code === failure.code) ? failure : undefined;
}
