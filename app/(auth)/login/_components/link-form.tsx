'use client';

import { FailureNotice } from '@/components/shell/failure-notice';
import { SubmitButton } from '@/components/ui/form/submit-button';
import { useFormAction } from '@/components/ui/form/use-form-action';
import { useTranslations } from '@/lib/i18n/use-translations';
import { type AnswerState, signInWithLink } from '../actions';

/** Consumes the link on submit, never on page load. */
export function LinkForm({ token, isRegistration }: { token: string; isRegistration: boolean }) {
  const t = useTranslations('login.link');
  const common = useTranslations('common');
  const [{ failure }, submit] = useFormAction<AnswerState>(signInWithLink, { failure: null }, (code) => ({
    failure: { code },
  }));
  return (
    <form action={submit} className="flex flex-col gap-4">
      <FailureNotice failure={failure} />
      <input type="hidden" name="token" value={token} />
      <SubmitButton isBlock pendingLabel={common('working')}>
        {t(isRegistration ? 'newButton' : 'button')}
      </SubmitButton>
    </form>
  );
}
