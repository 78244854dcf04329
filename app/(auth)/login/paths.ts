/** `/login`, or its code step, on the way to a local path. `resent` says that the message went out once more. */
export function loginPath({
  isCodeStep = false,
  isResent = false,
  returnTo,
}: {
  isCodeStep?: boolean;
  isResent?: boolean;
  returnTo: string | null;
}): string {
  const query = new URLSearchParams({
    ...(isCodeStep && { step: 'code' }),
    ...(isResent && { resent: '1' }),
    ...(returnTo !== null && { return_to: returnTo }),
  });
  return query.size > 0 ? `/login?${query}` : '/login';
}
