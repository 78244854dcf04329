/** The target of a setup link or an invitation. */
export function setupPath(token: string, { isResent = false } = {}): string {
  return `/setup?${new URLSearchParams({ token, ...(isResent && { resent: '1' }) })}`;
}
