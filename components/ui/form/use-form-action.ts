'use client';

import { unstable_isUnrecognizedActionError, unstable_rethrow } from 'next/navigation';
import { useActionState } from 'react';
import { useHydrated } from '../use-hydrated';

/** Why no answer came: nobody was reached, or a newer version of the server no longer knows this page. */
export type Unanswered = 'offline' | 'csrf';

/**
 * `useActionState` whose form survives a server out of reach: `unanswered` makes the next state, where React alone would
 * put the error page in the form's place. Without script the form posts to the action itself.
 */
export function useFormAction<State>(
  action: (previous: Awaited<State>, form: FormData) => Promise<Awaited<State>>,
  initial: Awaited<State>,
  unanswered: (why: Unanswered, form: FormData) => Awaited<State>,
  /** Around each call with script, such as a step-up that calls again. */
  around: (call: () => Promise<Awaited<State>>) => Promise<Awaited<State>> = (call) => call(),
) {
  const isHydrated = useHydrated();
  const guarded = async (previous: Awaited<State>, form: FormData) => {
    try {
      return await around(() => action(previous, form));
    } catch (error) {
      unstable_rethrow(error); // a redirect is Next's to handle
      return unanswered(unstable_isUnrecognizedActionError(error) ? 'csrf' : 'offline', form);
    }
  };
  return useActionState<State, FormData>(isHydrated ? guarded : action, initial);
}
