'use client';

import { useTranslations } from 'use-intl/react';
import { FailureNotice } from '@/components/shell/failure-notice';
import { SubmitButton } from '@/components/ui/submit-button';
import { useFormAction } from '@/components/ui/use-form-action';
import { type AcceptState, accept } from '../actions';

/** For somebody who has an account here and is signed in to it. */
export function AcceptForm({ token }: { token: string }) {
  const t = useTranslations('setup.invitation');
  const common = useTranslations('common');
  const [{ failure }, submit] = useFormAction<AcceptState>(accept, { failure: null }, (code) => ({
    failure: { code },
  }));
  return (
    <form action={submit} className="flex flex-col gap-4">
      <FailureNotice failure={failure} />
      <input type="hidden" name="token" value={token} />
      <SubmitButton isBlock pendingLabel={common('working')}>
        {t('accept')}
      </SubmitButton>
    </form>
  );
}
