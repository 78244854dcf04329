import { recordEvent } from '@/lib/audit/service';
import { type Guard, guardOperators, type Identity } from '@/lib/identity/model';
import { getIdentity } from '@/lib/identity/service';
import type { Actor } from '@/lib/platform/actor';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { isUuid } from '@/lib/platform/ids';
import { type Session, type SessionProof, toDevice } from '../model';
import * as rows from '../repository';
import { findSessionOwner } from './read';

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

/** Whose sessions end, as they are now, once this actor may end them. */
async function getForWrite(tx: Tx, actor: Actor, identityId: string, guard?: Guard): Promise<Identity> {
  const identity = await getIdentity(actor.projectId, identityId, tx);
  guardOperators(actor, identity);
  guard?.(identity);
  return identity;
}

/** False when it is not there any more. */
export async function endRow(tx: Tx, actor: Actor, session: Session, why: { reason?: string } = {}): Promise<boolean> {
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
