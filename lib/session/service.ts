import { recordEvent } from '@/lib/audit/service';
import { type Guard, guardOperators, type Identity } from '@/lib/identity/model';
import { findIdentity, getIdentity } from '@/lib/identity/service';
import type { Actor } from '@/lib/platform/actor';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { isUuid, newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import { getProject } from '@/lib/project/service';
import {
  isLive,
  isTouchDue,
  type ListedSession,
  MAX_SESSIONS,
  type Session,
  type SessionMethod,
  type SessionProof,
  TOUCH_SECONDS,
  toDevice,
  toStoredUserAgent,
} from './model';
import * as rows from './repository';

export { isByPasskey, isFresh } from './model';
export { getKnownSession, listKnownSessions, listKnownSessionsOf } from './service/list';
export { countAllSessions, countSessions, countSignIns, type SignInDay } from './service/statistics';

export type OpenSessionInput = {
  project: Project;
  identity: Identity;
  method: SessionMethod;
  passkeyId?: string | null;
  /** Whether the passkey that opens it was added after a recovery. */
  isRecovered?: boolean;
  /** The verifiable address whose mailbox is proven, by its id. */
  addressId?: string | null;
  /** The `User-Agent` header. */
  userAgent: string;
  /** The client's IP address. */
  address: string;
  /** The session of this browser that ends with it, named by the cookie that came along. */
  replaces?: string | null;
};

/**
 * Opens a session, always under a new id (ASVS 7.2.4), and ends the one it replaces in the same transaction. It carries the
 * epoch of the identity as the caller has read it: if that was raised since, the session is over before it began. Where there
 * are as many as there may be, the oldest ends.
 * Refuses: `inactive_identity`.
 */
export async function openSession(tx: Tx, actor: Actor, input: OpenSessionInput): Promise<Session> {
  const { project, identity, method, passkeyId = null, addressId = null, address } = input;
  if (identity.state !== 'active') throw new AppError('inactive_identity');
  const now = new Date();
  const replaced = await endReplaced(tx, actor, identity, input.replaces);
  const session: Session = {
    id: newId(),
    projectId: project.id,
    identityId: identity.id,
    revocationEpoch: identity.revocationEpoch,
    method,
    passkeyId,
    isRecovered: method === 'recovery' || input.isRecovered === true || replaced?.isRecovered === true,
    addressId: addressId ?? (replaced && isLive(replaced, project, identity, now) ? replaced.addressId : null),
    authenticatedAt: now,
    userAgent: toStoredUserAgent(input.userAgent),
    address,
    createdAt: now,
    lastSeenAt: now,
    expiresAt: new Date(now.getTime() + project.sessionLifetimeSeconds * 1000),
  };
  const surplus = await rows.listOlderSessions(tx, project.id, identity.id, MAX_SESSIONS - 1);
  for (const oldest of surplus) await endRow(tx, actor, oldest, { reason: 'too_many_sessions' });
  await rows.insertSession(tx, session);
  await recordEvent(tx, actor, {
    type: replaced ? 'session.replaced' : 'session.started',
    identityId: identity.id,
    details: {
      session_id: session.id,
      method,
      device: toDevice(session.userAgent),
      ...(replaced && { replaces: replaced.id }),
    },
  });
  return session;
}

/**
 * The session, its project and its identity, read now and compared now: lifetime, idle time, state, epoch. Null when it opens
 * nothing (any more), or belongs to another project.
 */
export async function findSession(
  projectId: string,
  sessionId: string,
): Promise<{ project: Project; session: Session; identity: Identity } | null> {
  if (!isUuid(sessionId)) return null;
  const [project, session] = await Promise.all([getProject(projectId), rows.findSessionRow(projectId, sessionId)]);
  if (!session) return null;
  const identity = await findIdentity(projectId, session.identityId);
  return identity && isLive(session, project, identity, new Date()) ? { project, session, identity } : null;
}

/** One session of an identity that is still live. Refuses: `not_found`, also for another identity's. */
export async function getSession(project: Project, identity: Identity, sessionId: string): Promise<Session> {
  const session = isUuid(sessionId) ? await rows.findSessionRow(project.id, sessionId) : null;
  if (!session || !isLive(session, project, identity, new Date())) throw new AppError('not_found');
  return session;
}

/** Whose session this is, or null. For programs and operators, who name a session by its id alone. */
export async function findSessionOwner(projectId: string, sessionId: string): Promise<string | null> {
  return isUuid(sessionId) ? ((await rows.findSessionRow(projectId, sessionId))?.identityId ?? null) : null;
}

/** The live sessions of an identity, the last seen first. */
export async function listIdentitySessions(project: Project, identity: Identity): Promise<Session[]> {
  const now = new Date();
  const all = await rows.listSessionRows(project.id, identity.id);
  return all.filter((session) => isLive(session, project, identity, now));
}

/** A person's own live sessions in words: the one they are in first, then the last seen. */
export async function listSessions({ project, identity, session: current }: SessionProof): Promise<ListedSession[]> {
  const all = await listIdentitySessions(project, identity);
  const listed = all.map((session) => ({
    session,
    device: toDevice(session.userAgent),
    isCurrent: session.id === current.id,
  }));
  return listed.sort((a, b) => Number(b.isCurrent) - Number(a.isCurrent)); // sort is stable: the rest keeps its order
}

/**
 * Ends one session of an identity.
 * Refuses: `not_found`, also for another identity's, `operator_protected`, and what `guard` throws.
 */
export async function endSession(actor: Actor, identityId: string, sessionId: string, guard?: Guard): Promise<void> {
  if (!isUuid(sessionId)) throw new AppError('not_found');
  await transaction(async (tx) => {
    await getForWrite(tx, actor, identityId, guard);
    const session = await rows.findSessionRow(actor.projectId, sessionId, tx);
    if (session?.identityId !== identityId || !(await endRow(tx, actor, session))) throw new AppError('not_found');
  });
}

/** A person signs out where they are. A session that has ended in the meantime is left already. */
export async function leaveSession({ actor, session }: SessionProof): Promise<void> {
  await transaction((tx) => endRow(tx, actor, session));
}

/** Ends all sessions of a person but the one they are in; resolves to how many. */
export async function endOtherSessions({ actor, identity, session }: SessionProof, tx?: Tx): Promise<number> {
  const end = (inside: Tx) => endMany(inside, actor, identity.id, session.id);
  return tx ? end(tx) : transaction(end);
}

/** Ends a session that is named by its id alone, as programs do. Refuses as `endSession`. */
export async function endSessionById(actor: Actor, sessionId: string): Promise<void> {
  const id = sessionId.toLowerCase(); // RFC 9562 §4: read in any case
  const identityId = await findSessionOwner(actor.projectId, id);
  if (identityId === null) throw new AppError('not_found');
  await endSession(actor, identityId, id);
}

/**
 * Ends all sessions of an identity; resolves to how many. The epoch stays: passkeys, codes and what else there is go on.
 * Refuses: `not_found`, `operator_protected`, and what `guard` throws.
 */
export async function endAllSessions(actor: Actor, identityId: string, tx?: Tx, guard?: Guard): Promise<number> {
  const end = async (inside: Tx) => {
    const { id } = await getForWrite(inside, actor, identityId, guard);
    return endMany(inside, actor, id, null);
  };
  return tx ? end(tx) : transaction(end);
}

/** Writes down that the session was used, once a minute at most. True when this call wrote. */
export async function touchSession(session: Session, address: string, now = new Date()): Promise<boolean> {
  if (!isTouchDue(session, now)) return false;
  return rows.updateLastSeen(session, { at: now, before: new Date(now.getTime() - TOUCH_SECONDS * 1000), address });
}

const PURGE_STEP = 500;

/** Removes rows whose end has come, in small steps so that nobody waits; resolves to how many. Reading never relies on it. */
export async function purgeExpiredSessions(now = new Date()): Promise<number> {
  for (let total = 0; ; ) {
    const count = await rows.deleteExpired(now, PURGE_STEP);
    total += count;
    if (count < PURGE_STEP) return total;
  }
}

/** Whose sessions end, as they are now, once this actor may end them. */
async function getForWrite(tx: Tx, actor: Actor, identityId: string, guard?: Guard): Promise<Identity> {
  const identity = await getIdentity(actor.projectId, identityId, tx);
  guardOperators(actor, identity);
  guard?.(identity);
  return identity;
}

/** The replaced session of the same identity. One of another identity in this browser is signed out instead. */
async function endReplaced(tx: Tx, actor: Actor, identity: Identity, id?: string | null): Promise<Session | null> {
  const before = id && isUuid(id) ? await rows.findSessionRow(identity.projectId, id, tx) : null;
  if (!before) return null;
  if (before.identityId !== identity.id) {
    await endRow(tx, actor, before);
    return null;
  }
  return (await rows.deleteSession(tx, before)) ? before : null;
}

/** False when it is not there any more. */
async function endRow(tx: Tx, actor: Actor, session: Session, why: { reason?: string } = {}): Promise<boolean> {
  if (!(await rows.deleteSession(tx, session))) return false;
  const details = { session_id: session.id, device: toDevice(session.userAgent), ...why };
  await recordEvent(tx, actor, { type: 'session.ended', identityId: session.identityId, details });
  return true;
}

async function endMany(tx: Tx, actor: Actor, identityId: string, exceptId: string | null): Promise<number> {
  const count = await rows.deleteSessions(tx, actor.projectId, identityId, exceptId);
  if (count > 0) {
    const details = { count, scope: exceptId === null ? 'all' : 'others' };
    await recordEvent(tx, actor, { type: 'session.ended', identityId, details });
  }
  return count;
}
