'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { PasskeyRequestOptions } from './authenticate';
import { type Begin, type CeremonyFailure, type Finish, supportsPasskeys } from './ceremony';
import { SignInCeremonies } from './sign-in-ceremonies';

type Actions<Output> = {
  begin: Begin<PasskeyRequestOptions>;
  finish: Finish<Output>;
  onSignedIn: (value: Output) => void;
};

/**
 * Passkey sign-in on a page with a field `autocomplete="username webauthn"`: offered by autofill from the start, and
 * started by `signIn`. `isReady` is false until hydration; `isPending` stays true after success, while the page
 * redirects.
 */
export function usePasskeySignIn<Output>(actions: Actions<Output>) {
  const [isReady, setReady] = useState(false);
  const [isSupported, setSupported] = useState(true);
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<CeremonyFailure | null>(null);
  const latest = useRef(actions);
  const ceremonies = useRef<SignInCeremonies<Output> | null>(null);

  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const running = new SignInCeremonies<Output>({
      begin: () => latest.current.begin(),
      finish: (response) => latest.current.finish(response),
      onSignedIn: (value) => latest.current.onSignedIn(value),
      onFailure: setFailure,
      onPending: setPending,
    });
    ceremonies.current = running;
    setSupported(supportsPasskeys());
    setReady(true);
    void running.startAutofill();
    return () => running.stop();
  }, []);

  const signIn = useCallback(() => void ceremonies.current?.startModal(), []);
  return { signIn, isReady, isSupported, isPending, failure };
}
