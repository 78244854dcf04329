'use client';

import { type Unanswered, useFormAction } from '@/components/ui/form/use-form-action';
import type { Failure } from '@/lib/i18n/error-message';
import { useStepUp } from './step-up-provider';

/**
 * `useFormAction` for a form whose action may need a fresh authentication: after "Confirm it's you" the form is sent
 * again unchanged. Closing the dialog leaves the typed values; `FailureNotice` then says quietly that nothing happened.
 */
export function useStepUpForm<State extends { failure: Failure | null }>(
  action: (previous: Awaited<State>, form: FormData) => Promise<Awaited<State>>,
  initial: Awaited<State>,
  unanswered: (reason: Unanswered, form: FormData) => Awaited<State>,
) {
  const withStepUp = useStepUp();
  return useFormAction<State>(action, initial, unanswered, async (call): Promise<Awaited<State>> => {
    let last = initial;
    const outcome = await withStepUp(async () => {
      last = await call();
      const isStale = last.failure?.code === 'reauthentication_required';
      return isStale
        ? { ok: false, error: { code: 'reauthentication_required', sentence: '', requestId: '' } }
        : { ok: true, value: last };
    });
    const isCancelled = !outcome.ok && outcome.error.code === 'ceremony_cancelled';
    return isCancelled ? { ...last, failure: { code: 'ceremony_cancelled' } } : last;
  });
}
