import type { Identity } from '@/lib/identity/model';
import type { Actor } from '@/lib/platform/actor';
import type { Device } from '@/lib/platform/user-agent';
import type { Project } from '@/lib/project/model';

export const SESSION_METHODS = ['code', 'link', 'passkey', 'setup', 'recovery'] as const;
/** How the person authenticated: mailed code or link, passkey, operator setup, or a recovery issued by an operator. */
export type SessionMethod = (typeof SESSION_METHODS)[number];

export type Session = {
  id: string;
  projectId: string;
  identityId: string;
  /** The identity's epoch when the session started. Incrementing the identity's epoch ends the session. */
  revocationEpoch: number;
  method: SessionMethod;
  /** The passkey it was opened with, or null. */
  passkeyId: string | null;
  /** Whether it derives from a recovery: opened by one, by a passkey added in one, or replacing such a session. */
  isRecovered: boolean;
  /** ID of the address whose mailbox was proven for this session, the one it replaces, or its passkey. */
  addressId: string | null;
  authenticatedAt: Date;
  userAgent: string;
  /** IP address of the last use. */
  address: string;
  createdAt: Date;
  /** At most a minute behind. */
  lastSeenAt: Date;
  /** Absolute expiry, regardless of use. */
  expiresAt: Date;
  /** ID of the alert mailed for it, or for a session it replaces; or null. */
  alertId: string | null;
};

/** Proof of an authenticated session, for pages, actions and rules. */
export type SessionProof = { project: Project; session: Session; identity: Identity; actor: Actor };

/** A stored session, live or ended, with its identity. */
export type SessionWithState = { id: string; session: Session; identity: Identity; isLive: boolean };

export type ListedSession = { session: Session; device: Device; isCurrent: boolean };

/** Sensitive actions require an authentication younger than this (ASVS 7.5.1). */
const FRESH_SECONDS = 15 * 60;

/** Maximum sessions per identity; starting another ends the oldest. */
export const MAX_SESSIONS = 100;

/** Minimum interval between writes of `lastSeenAt`. */
export const TOUCH_SECONDS = 60;

type Lifetimes = Pick<Project, 'sessionIdleSeconds' | 'sessionLifetimeSeconds'>;

/**
 * Whether the session grants access. Each condition alone ends it: its expiry, the project's current lifetime, the idle
 * timeout, an inactive identity, or an incremented epoch.
 */
export function isLive(session: Session, project: Lifetimes, identity: Identity, now: Date): boolean {
  if (session.identityId !== identity.id || session.projectId !== identity.projectId) return false;
  if (now >= session.expiresAt) return false;
  if (secondsBetween(session.createdAt, now) >= project.sessionLifetimeSeconds) return false;
  if (secondsBetween(session.lastSeenAt, now) >= project.sessionIdleSeconds) return false;
  return identity.state === 'active' && identity.revocationEpoch === session.revocationEpoch;
}

/** Whether the last authentication is less than 15 minutes old. */
export function isFresh(session: Pick<Session, 'authenticatedAt'>, now = new Date()): boolean {
  return secondsBetween(session.authenticatedAt, now) < FRESH_SECONDS;
}

/** Whether the session was opened with a passkey. Operator setup registers one in the same ceremony. */
export function isPasskeySession({ method }: Pick<Session, 'method'>): boolean {
  return method === 'passkey' || method === 'setup';
}

/** Whether `lastSeenAt` is old enough to be updated. */
export function isTouchDue(session: Pick<Session, 'lastSeenAt'>, now: Date): boolean {
  return secondsBetween(session.lastSeenAt, now) >= TOUCH_SECONDS;
}

function secondsBetween(earlier: Date, later: Date): number {
  return (later.getTime() - earlier.getTime()) / 1000;
}
