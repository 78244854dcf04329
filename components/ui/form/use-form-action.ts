'use client';

import { unstable_isUnrecognizedActionError, unstable_rethrow } from 'next/navigation';
import { useActionState } from 'react';
import { useHydrated } from '../use-hydrated';

/** Why there was no response: the server was unreachable, or a newer version no longer knows this page. */
export type Unanswered = 'offline' | 'csrf';

/**
 * `useActionState` whose form survives an unreachable server: `unanswered` makes the next state, where React alone
 * would replace the form with the error page. Without script the form posts to the action itself.
 */
export function useFormAction<State>(
  action: (previous: Awaited<State>, form: FormData) => Promise<Awaited<State>>,
  initial: Awaited<State>,
  unanswered: (reason: Unanswered, form: FormData) => Awaited<State>,
  /** Wraps each scripted call, for example to retry after a step-up. */
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
