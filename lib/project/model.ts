export type Registration = 'closed' | 'open' | 'invitation';

/** A tenant. `origin` is its primary one; RP ID, issuer and every link come from it, never from a request. */
export type Project = {
  id: string;
  organizationId: string;
  name: string;
  slug: string;
  origin: string;
  registration: Registration;
  /** A session not used for this long is over. */
  sessionIdleSeconds: number;
  /** A session is over this long after it began, used or not. */
  sessionLifetimeSeconds: number;
  createdAt: Date;
  updatedAt: Date;
  /** WebAuthn L3 §5.4.2: the host name of the primary origin. */
  rpId: string;
};

export function rpIdOf(origin: string): string {
  return new URL(origin).hostname;
}

/** Whether people reach this origin from the machine it runs on only. */
export function isLoopbackOrigin(origin: string): boolean {
  const { hostname } = new URL(origin);
  return hostname === 'localhost' || hostname.endsWith('.localhost');
}

/** The audience of the admin API: what a token must be made for. */
export function adminAudience(origin: string): string {
  return `${origin}/admin`;
}
