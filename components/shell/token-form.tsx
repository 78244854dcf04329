'use client';

import { FailureNotice } from '@/components/shell/failure-notice';
import { SubmitButton } from '@/components/ui/form/submit-button';
import type { Failure } from '@/lib/i18n/error-message';
import { useTranslations } from '@/lib/i18n/use-translations';

type Props = { action: (form: FormData) => void; failure: Failure | null; token: string; button: string };

/** The form of an emailed link: one button, which consumes the link on submit. */
export function TokenForm({ action, failure, token, button }: Props) {
  const common = useTranslations('common');
  return (
    <form action={action} className="flex flex-col gap-4">
      <FailureNotice failure={failure} />
      <input type="hidden" name="token" value={token} />
      <SubmitButton isBlock pendingLabel={common('working')}>
        {button}
      </SubmitButton>
    </form>
  );
}
