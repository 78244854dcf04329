'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { redirected } from '@/components/passkey/redirected';
import { createPasskey } from '@/components/passkey/register';
import type { Failure } from '@/lib/i18n/error-message';
import type { Violation } from '@/lib/platform/errors';
import { beginSetupAction, finishSetupAction } from '../actions';

export type SetupFailure = Failure & { violations?: Violation[] };

/** Posts the setup form with a ceremony in between: validate, create a passkey, redirect. */
export function useSetup(token: string, { isInvited }: { isInvited: boolean }) {
  const router = useRouter();
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<SetupFailure | null>(null);
  const [email, setEmail] = useState('');
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const fieldOf = (name: string) => String(form.get(name) ?? '');
    const input = { token, first: fieldOf('first'), last: fieldOf('last'), email: fieldOf('email') };
    setPending(true);
    setFailure(null);
    setEmail(input.email);
    const result = await createPasskey(
      () => beginSetupAction(input),
      (response) => redirected(finishSetupAction({ token, response })),
    );
    if (result.ok) return; // redirecting
    setPending(false);
    const { error } = result;
    // The link or the verification has expired, or the invited person has an account by now: the page says so itself.
    const isChanged = error.code === 'invitation_used_or_expired' || error.code === 'mailbox_unproven';
    if (isChanged || (isInvited && error.code === 'identifier_taken')) return router.refresh();
    if (error.code !== 'aborted') setFailure(error);
  };
  /** `email` is the submitted address. */
  return { submit, isPending, failure, email };
}
