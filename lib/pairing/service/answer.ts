import { recordEvent } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import { transaction } from '@/lib/platform/db/transaction';
import { AppError, isAppError } from '@/lib/platform/errors';
import { toDevice } from '@/lib/platform/user-agent';
import type { SessionProof } from '@/lib/session/model';
import type { ClientContext } from '@/lib/verification/service';
import { ADDING_MINUTES, type Pairing, type PairingState } from '../model';
import * as rows from '../repository';
import { findOwnPairing, findRequested, withSession } from './read';
import { anonymous } from './request';

type Answer = { id: string; isConfirmed: boolean };

/**
 * Confirms or refuses the device that asks, in the session that started the pairing. A confirmation opens five minutes
 * for one passkey. Needs no fresh authentication: the start did, ten minutes ago at most, and a step-up in between
 * would replace the session and end the pairing.
 * Refuses: `pairing_ended` (also if it is not the one that the page showed).
 */
export async function answerPairing(proof: SessionProof, { id, isConfirmed }: Answer): Promise<void> {
  const own = await findOwnPairing(proof);
  if (own?.pairing.id !== id) throw new AppError('pairing_ended');
  if (!isConfirmed) return end(proof.actor, own.pairing, 'refused', ['requested']);
  if (!(await withSession(own.pairing))) throw new AppError('pairing_ended');
  await transaction(async (tx) => {
    const now = new Date();
    const expiresAt = new Date(now.getTime() + ADDING_MINUTES * 60 * 1000);
    const isFirst = await rows.advance(tx, own.pairing, ['requested'], { state: 'confirmed', expiresAt }, now);
    if (!isFirst) throw new AppError('pairing_ended');
    const { identityId, userAgent } = own.pairing;
    const details = { pairing_id: id, device: toDevice(userAgent ?? '') };
    await recordEvent(tx, proof.actor, { type: 'pairing.confirmed', identityId, details });
  });
}

/** Cancels this session's pairing, at any time before the passkey is added. No error if it has ended. */
export async function cancelOwnPairing(proof: SessionProof): Promise<void> {
  const own = await findOwnPairing(proof);
  if (own) await endQuietly(proof.actor, own.pairing);
}

/** Cancels what this browser has asked for. No error if it has ended. */
export async function cancelRequest(client: ClientContext, browserHash: string | null): Promise<void> {
  const requested = await findRequested(client.projectId, browserHash);
  if (requested) await endQuietly(anonymous(client), requested.pairing);
}

async function endQuietly(actor: Actor, pairing: Pairing): Promise<void> {
  try {
    await end(actor, pairing, 'cancelled', ['open', 'requested', 'confirmed']);
  } catch (error) {
    if (!isAppError(error) || error.code !== 'pairing_ended') throw error;
  }
}

async function end(
  actor: Actor,
  pairing: Pairing,
  state: 'refused' | 'cancelled',
  from: PairingState[],
): Promise<void> {
  await transaction(async (tx) => {
    if (!(await rows.advance(tx, pairing, from, { state }, new Date()))) throw new AppError('pairing_ended');
    const { id, identityId, userAgent } = pairing;
    const device = userAgent === null ? {} : { device: toDevice(userAgent) };
    await recordEvent(tx, actor, {
      type: 'pairing.ended',
      identityId,
      details: { pairing_id: id, reason: state, ...device },
    });
  });
}
