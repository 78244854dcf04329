/** The page that a set-up link or an invitation leads to. */
export function setupPath(token: string): string {
  return `/setup?${new URLSearchParams({ token })}`;
}
