/** What a browser says about earlier sign-ins in it. */
export type BrowserMemory = {
  /** The random token of its long-lived cookie. */
  token: string;
  /** Whether its older cookie lists this address. Counts until the identity has a known browser. */
  isFamiliarTo: (address: string) => boolean;
};

/** The browser that presents a code, link or passkey. */
export type SignInBrowser = {
  /** The `User-Agent` header. */
  userAgent: string;
  /** ID of the browser's current session, from its cookie; it ends. */
  replaces?: string | null;
  /** Absent: the sign-in is not compared with earlier ones. */
  memory?: BrowserMemory;
};

/** A mailed alert about a sign-in from a new browser. */
export type SignInAlert = {
  id: string;
  projectId: string;
  identityId: string;
  /** The identity's epoch at that sign-in. */
  revocationEpoch: number;
  linkHash: string;
  createdAt: Date;
  expiresAt: Date;
};

/** Its link works for this time. */
export const ALERT_SECONDS = 7 * 24 * 60 * 60;

/** Known browsers of an identity; one more forgets the one unused for longest. */
export const MAX_KNOWN_BROWSERS = 50;

/** A browser without a sign-in for this time is forgotten: browsers keep a cookie no longer (RFC 6265bis §5.5). */
export const KNOWN_BROWSER_SECONDS = 400 * 24 * 60 * 60;

/** The link "This wasn't me". The token is the bare query, as in all mailed links. */
export function toAlertLink(origin: string, token: string): string {
  return `${origin}/login/alert?${token}`;
}
