import { emailOf, type Identity } from '@/lib/identity/model';
import { formatReadableCode, toReadableCode } from '@/lib/platform/readable-code';

export const PAIRING_STATES = ['open', 'requested', 'confirmed', 'used', 'refused', 'cancelled'] as const;
/**
 * `open`: a session shows the code; `requested`: a browser opened it and asks; `confirmed`: that session agreed, and the
 * browser may add one passkey; `used`: it did.
 */
export type PairingState = (typeof PAIRING_STATES)[number];

/** A session's offer to add a passkey on another device. */
export type Pairing = {
  id: string;
  projectId: string;
  identityId: string;
  /** The session that started it. Provenance of the passkey; the pairing ends with it. */
  sessionId: string;
  revocationEpoch: number;
  linkHash: string;
  state: PairingState;
  /** The browser that asks: hash of its nonce cookie. Null while open, like the next three. */
  browserHash: string | null;
  userAgent: string | null;
  address: string | null;
  /** Two digits, shown on both devices to compare. */
  number: number | null;
  passkeyId: string | null;
  createdAt: Date;
  /** Also of its last state, which pages show until then. */
  expiresAt: Date;
};

/** What pages show: the state, or why it ended without one. `ended`: the session is gone or everything was revoked. */
export type PairingStep = PairingState | 'expired' | 'ended';

/** What a page that waits compares with what it shows: a newer pairing may be at the same step. */
export type WatchedStep = { id: string; step: PairingStep };

/** From the start until the session confirms. */
export const PAIRING_MINUTES = 10;
/** From the confirmation until the passkey is stored. */
export const ADDING_MINUTES = 5;

/**
 * Eight characters of five bits each. A right guess grants nothing: it asks, and the person at the session compares the
 * number and confirms. Wrong ones are limited per network.
 */
export const PAIRING_CODE_LENGTH = 8;

export const formatPairingCode = formatReadableCode;

/** The characters of a typed code, or null. */
export function toPairingCode(typed: string): string | null {
  return toReadableCode(typed, PAIRING_CODE_LENGTH);
}

/** The page that accepts a code. Short, because people type it. */
export const PAIRING_PATH = '/add';

/** The token is the bare query, as in the link of a mail: logs and `Referer` omit it. */
export function toPairingLink(origin: string, token: string): string {
  return `${origin}${PAIRING_PATH}?${token}`;
}

export function stepOf({ state, expiresAt }: Pairing, isLive: boolean, now: Date): PairingStep {
  if (state === 'used' || state === 'refused' || state === 'cancelled') return state;
  if (now >= expiresAt) return 'expired';
  return isLive ? state : 'ended';
}

/** Whether the step waits for one of the two devices. */
export function isWaiting(step: PairingStep): boolean {
  return step === 'open' || step === 'requested' || step === 'confirmed';
}

/**
 * Enough for the holder to recognize the account, and little for a stranger who has found a code: `a•••@example.com`.
 * Null without an email address.
 */
export function maskedAccount(identity: Pick<Identity, 'verifiableAddresses'>): string | null {
  const email = emailOf(identity);
  if (email === null) return null;
  const at = email.lastIndexOf('@');
  const [first = ''] = Array.from(email.slice(0, at));
  return `${first}•••${email.slice(at)}`;
}
