'use client';

import { useState } from 'react';
import { TraitField } from '@/components/identity/trait-field';
import { TraitGroups } from '@/components/identity/trait-groups';
import { traitMessage, violationOf } from '@/components/identity/trait-message';
import { FailureNotice } from '@/components/shell/failure-notice';
import { ErrorSummary, type FieldError } from '@/components/ui/form/error-summary';
import { SubmitButton } from '@/components/ui/form/submit-button';
import { useFormAction } from '@/components/ui/form/use-form-action';
import { TextLink } from '@/components/ui/text-link';
import { useTranslations } from '@/lib/i18n/use-translations';
import { type FormField, VALUE } from '@/lib/identity/model/traits-form';
import { createAccount, type DetailsState } from '../actions';
import { loginPath } from '../paths';

type Props = { email: string; fields: FormField[]; returnTo: string | null };

/** The last registration step: required traits besides the verified address. */
export function DetailsStep({ email, fields, returnTo }: Props) {
  const t = useTranslations('login.details');
  const code = useTranslations('login.code');
  const common = useTranslations('common');
  const settings = useTranslations('settings');
  const [state, submit] = useFormAction<DetailsState>(createAccount, UNTOUCHED, (code) => ({
    ...UNTOUCHED,
    failure: { code },
  }));
  const [typed, setTyped] = useState(state.values);
  const faults = fields.flatMap((field): FieldError[] => {
    const violation = violationOf(state.violations, field);
    return violation ? [{ field: VALUE + field.pointer, message: traitMessage(settings, field, violation) }] : [];
  });
  return (
    <>
      <p className="wrap-anywhere">{t('help', { email })}</p>
      {faults.length > 0 ? (
        <ErrorSummary title={common('errorSummary', { count: faults.length })} errors={faults} />
      ) : (
        <FailureNotice failure={state.failure} />
      )}
      <form action={submit} noValidate className="flex flex-col gap-4">
        <TraitGroups fields={fields}>
          {(field) => (
            <TraitField
              field={field}
              value={typed[field.pointer] ?? ''}
              error={faults.find((fault) => fault.field === VALUE + field.pointer)?.message}
              onEdit={(value) => setTyped((before) => ({ ...before, [field.pointer]: value }))}
            />
          )}
        </TraitGroups>
        <SubmitButton isBlock pendingLabel={common('working')}>
          {t('button')}
        </SubmitButton>
      </form>
      <TextLink href={loginPath({ returnTo })} className="self-start text-sm">
        {code('otherEmail')}
      </TextLink>
    </>
  );
}

const UNTOUCHED: DetailsState = { values: {}, violations: [], failure: null };
