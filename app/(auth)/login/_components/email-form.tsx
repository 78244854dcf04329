'use client';

import { useEffect, useRef } from 'react';
import { FailureNotice } from '@/components/shell/failure-notice';
import { SubmitButton } from '@/components/ui/form/submit-button';
import { TextField } from '@/components/ui/form/text-field';
import { useFormAction } from '@/components/ui/form/use-form-action';
import { useOnFirstMove } from '@/components/ui/overlay/on-demand';
import { useTranslations } from '@/lib/i18n/use-translations';
import { type EmailState, requestSignInCode } from '../actions';
import { codeStep } from './later-steps';

type Props = {
  /** Prefilled, for example by an invitation link. Nothing is sent until the person submits. */
  email: string;
  /** A hint for new people, where registration allows them. */
  help: string | undefined;
  returnTo: string | null;
};

/** The first step: the address to email a code to. Passkey autofill is offered in this field. */
export function EmailForm({ email, help, returnTo }: Props) {
  const t = useTranslations('login');
  const common = useTranslations('common');
  const [state, submit] = useFormAction<EmailState>(requestSignInCode, { email, failure: null }, (code, form) => ({
    email: String(form.get('email') ?? ''),
    failure: { code },
  }));
  const field = useRef<HTMLInputElement>(null);
  useOnFirstMove(codeStep);
  const isField = state.failure?.code === 'invalid_input';
  const error = state.email.trim() === '' ? t('address.missing') : t('address.malformed');
  useEffect(() => {
    if (state.failure?.code === 'invalid_input') field.current?.focus();
  }, [state]);
  return (
    <form action={submit} noValidate className="flex flex-col gap-4">
      <FailureNotice failure={isField ? null : state.failure} />
      {returnTo !== null && <input type="hidden" name="return_to" value={returnTo} />}
      <TextField
        ref={field}
        name="email"
        type="email"
        label={t('email')}
        placeholder={t('emailPlaceholder')}
        autoComplete="username webauthn"
        // The page's one task; browsers offer passkeys once the field has the focus.
        autoFocus
        autoCapitalize="none"
        spellCheck={false}
        defaultValue={state.email}
        help={help}
        error={isField ? error : undefined}
      />
      <SubmitButton isBlock pendingLabel={common('working')}>
        {t('continue')}
      </SubmitButton>
    </form>
  );
}
