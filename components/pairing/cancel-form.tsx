'use client';

import { FailureNotice } from '@/components/shell/failure-notice';
import { SubmitButton } from '@/components/ui/form/submit-button';
import { useFormAction } from '@/components/ui/form/use-form-action';
import type { Failure } from '@/lib/i18n/error-message';
import { useTranslations } from '@/lib/i18n/use-translations';

type State = { failure: Failure | null };
type Props = { action: (previous: State, form: FormData) => Promise<State> };

/** Ends a pairing, on either device. */
export function CancelForm({ action }: Props) {
  const t = useTranslations('pairing');
  const [{ failure }, submit] = useFormAction<State>(action, { failure: null }, (code) => ({ failure: { code } }));
  return (
    <form action={submit} className="flex flex-col items-start gap-4">
      <FailureNotice failure={failure} />
      <SubmitButton variant="secondary">{t('cancel')}</SubmitButton>
    </form>
  );
}
