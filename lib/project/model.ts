export type Registration = 'closed' | 'open' | 'invitation';

/** Owns projects; operators hold their role in one. */
export type Organization = { id: string; name: string; slug: string; createdAt: Date; updatedAt: Date };

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
  /** `#rrggbb` in the place of the product's own accent, or null. */
  accentColor: string | null;
  /** Names the logo's bytes; null without one. */
  logoHash: string | null;
  /** `Name <address>` of its mails, or null for MAIL_FROM. */
  mailFrom: string | null;
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
