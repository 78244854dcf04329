/** What an access token may do. `openid` is accepted for the sake of clients that ask for it; there is no ID token. */
export const SCOPES = ['openid', 'identities:read', 'identities:write', 'sessions:write', 'schemas:write', 'audit:read'] as const;

export type Scope = (typeof SCOPES)[number];

export function isScope(value: string): value is Scope {
  return (SCOPES as readonly string[]).includes(value);
}
