import type { Identity } from '@/lib/identity/model';
import type { Actor } from '@/lib/platform/actor';
import type { Project } from '@/lib/project/model';

export const SESSION_METHODS = ['code', 'link', 'passkey', 'setup', 'recovery'] as const;
/** How somebody proved who they are: a mailed code or link, a passkey, the set-up of an operator, or what an operator handed on. */
export type SessionMethod = (typeof SESSION_METHODS)[number];

export type Session = {
  id: string;
  projectId: string;
  identityId: string;
  /** The identity's epoch when the session began: a raised one ends it. */
  revocationEpoch: number;
  method: SessionMethod;
  /** The passkey it was opened with, or null. */
  passkeyId: string | null;
  /** Whether it goes back to a recovery: opened by one or by a passkey added in one, or in place of such a session. */
  isRecovered: boolean;
  /** The verifiable address, by its id, whose mailbox was proven for it, for the one it replaces, or when its passkey was added. */
  addressId: string | null;
  authenticatedAt: Date;
  userAgent: string;
  /** The IP address it was last seen from. */
  address: string;
  createdAt: Date;
  /** At most a minute late. */
  lastSeenAt: Date;
  /** The absolute end, used or not. */
  expiresAt: Date;
};

/** Who is signed in, where, and in which session: what a page, an action or a rule may trust. */
export type SessionProof = { project: Project; session: Session; identity: Identity; actor: Actor };

/** A session that there is a row of, whose it is, and whether it still opens anything. */
export type SessionWithState = { id: string; session: Session; identity: Identity; isLive: boolean };

/** A browser in words, for people. Null: not known. */
export type Device = {
  /** Such as `Firefox`. */
  browser: string | null;
  /** Such as `Windows`, `Android`, `iPhone`. */
  system: string | null;
  kind: 'desktop' | 'mobile' | 'tablet' | 'unknown';
};

export type ListedSession = { session: Session; device: Device; isCurrent: boolean };

/** Sensitive acts need an authentication younger than this (ASVS 7.5.1). */
const FRESH_SECONDS = 15 * 60;

/** An identity has no more sessions than this: when one more begins, the oldest ends. */
export const MAX_SESSIONS = 100;

/** `lastSeenAt` is written once in this time at most. */
export const TOUCH_SECONDS = 60;

const MAX_USER_AGENT_LENGTH = 512;

type Lifetimes = Pick<Project, 'sessionIdleSeconds' | 'sessionLifetimeSeconds'>;

/**
 * Whether the session still opens anything. Each reason alone ends it: its own end has come, the project's lifetime as it is
 * now is over, it was not used for too long, the identity is inactive, or everything of this epoch was revoked.
 */
export function isLive(session: Session, project: Lifetimes, identity: Identity, now: Date): boolean {
  if (session.identityId !== identity.id || session.projectId !== identity.projectId) return false;
  if (now >= session.expiresAt) return false;
  if (secondsBetween(session.createdAt, now) >= project.sessionLifetimeSeconds) return false;
  if (secondsBetween(session.lastSeenAt, now) >= project.sessionIdleSeconds) return false;
  return identity.state === 'active' && identity.revocationEpoch === session.revocationEpoch;
}

/** Whether somebody authenticated in this session less than 15 minutes ago. */
export function isFresh(session: Pick<Session, 'authenticatedAt'>, now = new Date()): boolean {
  return secondsBetween(session.authenticatedAt, now) < FRESH_SECONDS;
}

/** Whether the session was opened with a passkey. The set-up of an operator adds one in the same ceremony. */
export function isByPasskey({ method }: Pick<Session, 'method'>): boolean {
  return method === 'passkey' || method === 'setup';
}

/** Whether the last sighting is old enough to be written anew. */
export function isTouchDue(session: Pick<Session, 'lastSeenAt'>, now: Date): boolean {
  return secondsBetween(session.lastSeenAt, now) >= TOUCH_SECONDS;
}

/** A `User-Agent` header as it is kept: bounded, and without characters that no browser sends. */
export function toStoredUserAgent(header: string | null | undefined): string {
  return (header ?? '').replace(/[^\x20-\x7e]/g, '').slice(0, MAX_USER_AGENT_LENGTH);
}

function secondsBetween(earlier: Date, later: Date): number {
  return (later.getTime() - earlier.getTime()) / 1000;
}
