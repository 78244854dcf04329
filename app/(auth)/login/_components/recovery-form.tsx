'use client';

import { useEffect, useRef } from 'react';
import { FailureNotice } from '@/components/shell/failure-notice';
import { SubmitButton } from '@/components/ui/form/submit-button';
import { TextField } from '@/components/ui/form/text-field';
import { useFormAction } from '@/components/ui/form/use-form-action';
import { TextLink } from '@/components/ui/text-link';
import { failureSentence } from '@/lib/i18n/error-message';
import { useTranslations } from '@/lib/i18n/use-translations';
import { type RecoveryState, signInWithRecoveryCode } from '../actions';
import { loginPath } from '../paths';

/** A recovery code, typed or pasted. */
export function RecoveryForm({ returnTo }: { returnTo: string | null }) {
  const t = useTranslations('login.recovery');
  const common = useTranslations('common');
  const errors = useTranslations('errors.browser');
  const [state, submit] = useFormAction<RecoveryState>(
    signInWithRecoveryCode,
    { email: '', code: '', failure: null },
    (code, form) => ({
      email: String(form.get('email') ?? ''),
      code: String(form.get('code') ?? ''),
      failure: { code },
    }),
  );
  const field = useRef<HTMLInputElement>(null);
  const isField = state.failure?.code === 'recovery_code_wrong';
  const error = state.failure && (state.code.trim() === '' ? t('missing') : failureSentence(errors, state.failure));
  useEffect(() => {
    if (state.failure?.code === 'recovery_code_wrong') field.current?.focus();
  }, [state]);
  return (
    <>
      <form action={submit} noValidate className="flex flex-col gap-4">
        <FailureNotice failure={isField ? null : state.failure} />
        {returnTo !== null && <input type="hidden" name="return_to" value={returnTo} />}
        <TextField
          name="email"
          type="email"
          label={t('email')}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          defaultValue={state.email}
          help={t('emailHelp')}
        />
        <TextField
          ref={field}
          name="code"
          label={t('code')}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          className="font-mono"
          defaultValue={state.code}
          help={t('help')}
          error={isField ? (error ?? undefined) : undefined}
        />
        <SubmitButton isBlock pendingLabel={common('working')}>
          {t('verify')}
        </SubmitButton>
      </form>
      <TextLink href={loginPath({ returnTo })} className="text-sm">
        {t('back')}
      </TextLink>
    </>
  );
}
