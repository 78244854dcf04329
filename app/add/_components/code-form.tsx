'use client';

import { useEffect, useRef } from 'react';
import { FailureNotice } from '@/components/shell/failure-notice';
import { SubmitButton } from '@/components/ui/form/submit-button';
import { TextField } from '@/components/ui/form/text-field';
import { useFormAction } from '@/components/ui/form/use-form-action';
import { failureSentence } from '@/lib/i18n/error-message';
import { useTranslations } from '@/lib/i18n/use-translations';
import { type CodeState, submitCode } from '../actions';

/** The code that the signed-in device shows. */
export function CodeForm() {
  const t = useTranslations('pairing.add');
  const common = useTranslations('common');
  const errors = useTranslations('errors.browser');
  const [state, submit] = useFormAction<CodeState>(submitCode, { code: '', failure: null }, (code, form) => ({
    code: String(form.get('code') ?? ''),
    failure: { code },
  }));
  const field = useRef<HTMLInputElement>(null);
  const { failure } = state;
  const isField = failure?.code === 'pairing_code_wrong';
  const error = failure && (state.code.trim() === '' ? t('missing') : failureSentence(errors, failure));
  useEffect(() => {
    if (state.failure?.code === 'pairing_code_wrong') field.current?.focus();
  }, [state]);
  return (
    <form action={submit} noValidate className="flex flex-col gap-4">
      <FailureNotice failure={isField ? null : failure} />
      <TextField
        ref={field}
        name="code"
        label={t('code')}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        className="font-mono text-title"
        defaultValue={state.code}
        help={t('help')}
        error={isField ? (error ?? undefined) : undefined}
      />
      <SubmitButton isBlock pendingLabel={common('working')}>
        {t('continue')}
      </SubmitButton>
    </form>
  );
}
