import { endOfSession, endOfSessions } from '@/lib/application-session/service';
import { recordEvent } from '@/lib/audit/service';
import type { Guard } from '@/lib/identity/model';
import { getIdentityForWrite } from '@/lib/identity/service';
import type { Actor } from '@/lib/platform/actor';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { isUuid } from '@/lib/platform/ids';
import { toDevice } from '@/lib/platform/user-agent';
import type { Session, SessionProof } from '../model';
import * as rows from '../repository';
import { findSessionOwner } from './read';

/**
 * Ends one session of an identity.
 * Refuses: `not_found`, also for another identity's session, `operator_protected`, and what `guard` throws.
 */
export async function endSession(
  actor: Actor,
  identityId: string,
  sessionId: string,
  { guard }: { guard?: Guard } = {},
): Promise<void> {
  if (!isUuid(sessionId)) throw new AppError('not_found');
  await transaction(async (tx) => {
    await getIdentityForWrite(tx, actor, identityId, { guard });
    const session = await rows.findSessionRow(actor.projectId, sessionId, tx);
    if (session?.identityId !== identityId || !(await endRow(tx, actor, session))) throw new AppError('not_found');
  });
}

/** Signs out of the current session. No error if it has already ended. */
export async function endCurrentSession({ actor, session }: SessionProof): Promise<void> {
  await transaction((tx) => endRow(tx, actor, session));
}

/** Ends all sessions of the identity except the current one; resolves to their number. */
export async function endOtherSessions(
  { actor, identity, session }: SessionProof,
  { tx: outer }: { tx?: Tx } = {},
): Promise<number> {
  return transaction((tx) => endMany(tx, actor, identity.id, session.id), outer);
}

/** Ends a session by its ID alone, for the admin API. Refuses as `endSession`. */
export async function endSessionById(actor: Actor, sessionId: string): Promise<void> {
  const id = sessionId.toLowerCase(); // RFC 9562 §4: case-insensitive on input
  const identityId = await findSessionOwner(actor.projectId, id);
  if (identityId === null) throw new AppError('not_found');
  await endSession(actor, identityId, id);
}

/**
 * Ends all sessions of an identity; resolves to their number. The epoch is unchanged: passkeys and pending codes remain
 * valid.
 * Refuses: `not_found`, `operator_protected`, and what `guard` throws.
 */
export async function endAllSessions(
  actor: Actor,
  identityId: string,
  { guard, tx: outer }: { guard?: Guard; tx?: Tx } = {},
): Promise<number> {
  return transaction(async (tx) => {
    const { id } = await getIdentityForWrite(tx, actor, identityId, { guard });
    return endMany(tx, actor, id, null);
  }, outer);
}

/** Signs out of the session's applications, too. False if the session no longer exists. */
export async function endRow(tx: Tx, actor: Actor, session: Session, why: { reason?: string } = {}): Promise<boolean> {
  await endOfSession(tx, session);
  if (!(await rows.deleteSession(tx, session))) return false;
  const details = { session_id: session.id, device: toDevice(session.userAgent), ...why };
  await recordEvent(tx, actor, { type: 'session.ended', identityId: session.identityId, details });
  return true;
}

async function endMany(tx: Tx, actor: Actor, identityId: string, exceptId: string | null): Promise<number> {
  await endOfSessions(tx, { projectId: actor.projectId, identityId, exceptId });
  const count = await rows.deleteSessions(tx, actor.projectId, identityId, exceptId);
  if (count > 0) {
    const details = { count, scope: exceptId === null ? 'all' : 'others' };
    await recordEvent(tx, actor, { type: 'session.ended', identityId, details });
  }
  return count;
}
