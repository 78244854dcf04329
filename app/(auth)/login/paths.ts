/** Asks for a new sign-in, also in a signed-in browser unless it is recent, and then shows the passkeys. */
export const CHECK_ACCOUNT = `/login?${new URLSearchParams({ confirm: '1', return_to: '/profile#passkeys' })}`;

/** The recovery code page, with a local path to return to. */
export function recoveryPath(returnTo: string | null): string {
  return returnTo === null ? '/login/recovery' : `/login/recovery?${new URLSearchParams({ return_to: returnTo })}`;
}

/** `/login` or a later step, with a local path to return to. `resent`: the email was sent again. */
export function loginPath({
  step,
  isResent = false,
  returnTo,
}: {
  step?: 'code' | 'details';
  isResent?: boolean;
  returnTo: string | null;
}): string {
  const query = new URLSearchParams({
    ...(step && { step }),
    ...(isResent && { resent: '1' }),
    ...(returnTo !== null && { return_to: returnTo }),
  });
  return query.size > 0 ? `/login?${query}` : '/login';
}
