'use client';

import { FailureNotice } from '@/components/shell/failure-notice';
import { ErrorSummary, type FieldError } from '@/components/ui/form/error-summary';
import { SubmitButton } from '@/components/ui/form/submit-button';
import { TextField } from '@/components/ui/form/text-field';
import { KeyRound } from '@/components/ui/icons';
import { Notice } from '@/components/ui/notice';
import { failureSentence } from '@/lib/i18n/error-message';
import { useTranslations } from '@/lib/i18n/use-translations';
import { isExpectedFailure } from './expected-failure';
import { type SetupFailure, useSetup } from './use-setup';

type Props = {
  token: string;
  /** Null: the first operator enters it. */
  email: string | null;
  button: string;
};

/** Name, email and a passkey. Typed values stay after any outcome of the ceremony. */
export function SetupForm({ token, email, button }: Props) {
  const t = useTranslations('setup');
  const common = useTranslations('common');
  const errors = useTranslations('errors.browser');
  const { submit, isPending, failure, email: sentEmail } = useSetup(token, { isInvited: email !== null });
  const faults = useFaults(failure, sentEmail);
  const errorOf = (name: string) => faults.find(({ field }) => field === name)?.message;
  const isPolite = failure !== null && isExpectedFailure(failure);
  return (
    <form method="post" noValidate onSubmit={submit} className="flex flex-col gap-4">
      <ErrorSummary title={common('errorSummary', { count: faults.length })} errors={faults} />
      <FailureNotice failure={isPolite || faults.length > 0 ? null : failure} />
      <TextField name="first" label={t('first')} autoComplete="given-name" maxLength={200} error={errorOf('first')} />
      <TextField name="last" label={t('last')} autoComplete="family-name" maxLength={200} error={errorOf('last')} />
      <TextField
        name="email"
        type="email"
        label={t('email')}
        help={t('emailHelp')}
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
        defaultValue={email ?? ''}
        readOnly={email !== null}
        error={errorOf('email')}
      />
      <SubmitButton
        isBlock
        icon={<KeyRound size={16} aria-hidden />}
        waitsForHydration
        isPending={isPending}
        pendingLabel={t('working')}
      >
        {button}
      </SubmitButton>
      <p role="status" className="text-sm text-muted empty:hidden">
        {isPolite && failureSentence(errors, failure)}
      </p>
      <noscript>
        <Notice tone="warning" word={common('notice.warning')}>
          {t('needsScript')}
        </Notice>
      </noscript>
    </form>
  );
}

/** Errors by field. `email` is the refused address. */
function useFaults(failure: SetupFailure | null, email: string): FieldError[] {
  const t = useTranslations('setup');
  const login = useTranslations('login');
  const violation = useTranslations('settings.violation');
  if (failure?.code === 'identifier_taken')
    return [{ field: 'email', message: t('emailTaken', { email: email.trim() }) }];
  const messages = {
    first: violation('other', { field: t('first') }),
    last: violation('other', { field: t('last') }),
    email: email.trim() === '' ? login('address.missing') : login('address.malformed'),
  };
  return (['first', 'last', 'email'] as const)
    .filter((name) => failure?.violations?.some(({ pointer }) => pointer.endsWith(`/${name}`)))
    .map((field) => ({ field, message: messages[field] }));
}
