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

/**
 * The page that asks before it signs out, or says that it is done. It carries what the application asked for; the page checks
 * it again.
 */
export function signOutPath(
  {
    clientId,
    postLogoutRedirectUri,
    state,
  }: { clientId?: string | undefined; postLogoutRedirectUri?: string | undefined; state?: string | undefined },
  as?: 'done' | 'invalid',
): string {
  const query = new URLSearchParams({
    ...(clientId !== undefined && { client_id: clientId }),
    ...(postLogoutRedirectUri !== undefined && { post_logout_redirect_uri: postLogoutRedirectUri }),
    ...(state !== undefined && { state }),
    ...(as !== undefined && { [as]: '1' }),
  });
  return query.size > 0 ? `/login/sign-out?${query}` : '/login/sign-out';
}
