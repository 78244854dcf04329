'use client';

import { useEffect, useRef } from 'react';
import { FailureNotice } from '@/components/shell/failure-notice';
import { ResendButton } from '@/components/shell/resend-button';
import { CodeField } from '@/components/ui/form/code-field';
import { SubmitButton } from '@/components/ui/form/submit-button';
import { useFormAction } from '@/components/ui/form/use-form-action';
import { Notice } from '@/components/ui/notice';
import { TextLink } from '@/components/ui/text-link';
import { type Failure, failureSentence } from '@/lib/i18n/error-message';
import { useTranslations } from '@/lib/i18n/use-translations';
import { type EmailState, requestSignInCode, type StepState, signInWithCode } from '../actions';
import { loginPath, recoveryPath } from '../paths';

type Props = {
  email: string;
  /** False: the email carries only the link. */
  hasCode: boolean;
  /** Registration is open: unknown addresses get an email too. */
  isOpen: boolean;
  /** Why no code can be entered: after too many wrong ones, emails carry only the link. */
  blocked: Failure | null;
  codeMinutes: number;
  /** Until "Resend" is enabled. */
  pauseSeconds: number;
  isResent: boolean;
  returnTo: string | null;
};

/** The second step: enter the code, resend it, or use another address. */
export function CodeStep(props: Props) {
  const { email, hasCode, isOpen, blocked, pauseSeconds, isResent, returnTo } = props;
  const t = useTranslations('login.code');
  const notice = useTranslations('common.notice');
  const words = useTranslations('common.code');
  const [answer, submit] = useFormAction<StepState>(signInWithCode, { failure: blocked }, (code) => ({
    failure: { code },
  }));
  const [resent, resend] = useFormAction<EmailState>(requestSignInCode, { email, failure: null }, (code) => ({
    email,
    failure: { code },
  }));
  const failure = isOfField(answer.failure) ? null : answer.failure;
  return (
    <>
      <FailureNotice failure={resent.failure ?? failure} />
      <div role="status" className="empty:hidden">
        {isResent && !resent.failure && (
          <Notice tone="success" word={notice('success')}>
            {words('resent')}
          </Notice>
        )}
      </div>
      <div className="flex flex-col gap-1">
        <h2 className="font-semibold">{t('title')}</h2>
        <p className="wrap-anywhere">{t(leadKey(hasCode, isOpen), { email })}</p>
        <p className="text-sm text-muted">{t('spam')}</p>
      </div>
      {hasCode && <CodeForm answer={answer} submit={submit} minutes={props.codeMinutes} />}
      {/* Stacked: side by side they would fit only after the countdown ends. */}
      <div className="flex flex-col items-start gap-2">
        <form action={resend} className="-mx-2.5">
          <input type="hidden" name="email" value={email} />
          <input type="hidden" name="resent" value="1" />
          {returnTo !== null && <input type="hidden" name="return_to" value={returnTo} />}
          <ResendButton pauseSeconds={pauseSeconds} />
        </form>
        <TextLink href={loginPath({ returnTo })} className="text-sm">
          {t('otherEmail')}
        </TextLink>
        <TextLink href={recoveryPath(returnTo)} className="text-sm">
          {t('recoveryCode')}
        </TextLink>
      </div>
    </>
  );
}

function leadKey(hasCode: boolean, isOpen: boolean) {
  if (isOpen) return hasCode ? 'leadOpen' : 'leadOpenLinkOnly';
  return hasCode ? 'lead' : 'leadLinkOnly';
}

type FormProps = { answer: StepState; submit: (form: FormData) => void; minutes: number };

function CodeForm({ answer, submit, minutes }: FormProps) {
  const t = useTranslations('login.code');
  const common = useTranslations('common');
  const errors = useTranslations('errors.browser');
  const field = useRef<HTMLInputElement>(null);
  const { failure } = answer;
  const error = !isOfField(failure)
    ? undefined
    : failure.code === 'invalid_input'
      ? t('missing')
      : failureSentence(errors, failure);
  useEffect(() => {
    if (!isOfField(answer.failure)) return;
    field.current?.focus();
    field.current?.select();
  }, [answer]);
  return (
    <form action={submit} noValidate className="flex flex-col gap-4">
      <CodeField ref={field} name="code" label={t('code')} help={t('help', { minutes })} error={error} />
      <SubmitButton isBlock pendingLabel={common('working')}>
        {t('verify')}
      </SubmitButton>
    </form>
  );
}

const FIELD_ERRORS = ['invalid_input', 'code_wrong', 'code_used_or_expired'] as const;

/** Whether the error belongs to the code field. */
function isOfField(failure: Failure | null): failure is Failure {
  return FIELD_ERRORS.some((code) => code === failure?.code);
}
