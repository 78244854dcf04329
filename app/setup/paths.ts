/** The page that a set-up link or an invitation leads to. */
export function setupPath(token: string, { isResent = false } = {}): string {
  return `/setup?${new URLSearchParams({ token, ...(isResent && { resent: '1' }) })}`;
}
