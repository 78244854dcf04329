'use client';

import { useEffect, useRef } from 'react';
import { useStepUpForm } from '@/components/step-up/use-step-up-form';
import { SubmitButton } from '@/components/ui/form/submit-button';
import { TextField } from '@/components/ui/form/text-field';
import { Notice } from '@/components/ui/notice';
import { failureSentence } from '@/lib/i18n/error-message';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { InviteState } from '../actions';

type Props = { invite: (state: InviteState, form: FormData) => Promise<InviteState> };

/** "Invite someone": emails one address a link to the sign-in page. */
export function InviteForm({ invite }: Props) {
  const t = useTranslations('consoleUsers.invitations');
  const common = useTranslations('common');
  const errors = useTranslations('errors.browser');
  const [state, submit] = useStepUpForm<InviteState>(invite, UNTOUCHED, (code, form) => ({
    ...UNTOUCHED,
    email: String(form.get('email') ?? ''),
    failure: { code },
  }));
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (state.fault) field.current?.focus();
  }, [state]);
  const faults = { taken: t('emailTaken'), malformed: t('emailMalformed') };
  return (
    <form action={submit} noValidate className="flex max-w-text flex-col gap-4">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-4">
        <div className="min-w-0 grow basis-64">
          <TextField
            ref={field}
            name="email"
            type="email"
            label={t('email')}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            defaultValue={state.email}
            error={state.fault ? faults[state.fault] : undefined}
          />
        </div>
        {/* Aligned with the field, below the height of its label. */}
        <SubmitButton className="sm:mt-6.5" pendingLabel={common('working')}>
          {t('send')}
        </SubmitButton>
      </div>
      <p role="status" className="text-success empty:hidden">
        {state.sentTo && t('sent', { email: state.sentTo })}
      </p>
      <div role="alert" className="empty:hidden">
        {state.failure && (
          <Notice tone="danger" word={common('notice.danger')}>
            {failureSentence(errors, state.failure)}
          </Notice>
        )}
      </div>
    </form>
  );
}

const UNTOUCHED: InviteState = { email: '', sentTo: null, fault: null, failure: null };
