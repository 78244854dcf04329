'use client';

import { TokenForm } from '@/components/shell/token-form';
import { useFormAction } from '@/components/ui/form/use-form-action';
import type { disown, StepState, signInWithLink, undoChange } from '../actions';

type Props = { token: string; button: string; action: typeof signInWithLink | typeof undoChange | typeof disown };

/** Consumes an emailed link on submit, never on page load. */
export function LinkForm({ token, button, action }: Props) {
  const [{ failure }, submit] = useFormAction<StepState>(action, { failure: null }, (code) => ({
    failure: { code },
  }));
  return <TokenForm action={submit} failure={failure} token={token} button={button} />;
}
