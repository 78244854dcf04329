import { recordEvent } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import { transaction } from '@/lib/platform/db/transaction';
import { type ErrorCode, isAppError } from '@/lib/platform/errors';
import { log } from '@/lib/platform/log';
import type { Ceremony, PasskeyRefusal } from '../model';
import { refusalIn } from '../webauthn/refusal';

/** Why a passkey was refused: fixed words, so that neither the log nor the audit log carries what was received. */
type Reason = PasskeyRefusal | ErrorCode;

/** Runs the end of a ceremony. A refusal is logged with its reason. */
export async function logRefusal<T>(
  ceremony: Ceremony,
  requestId: string | null,
  finish: () => Promise<T>,
): Promise<T> {
  try {
    return await finish();
  } catch (error) {
    const reason = reasonOf(error);
    if (reason) log.info('passkey rejected', { requestId, ceremony, reason });
    throw error;
  }
}

/**
 * Runs what follows once the challenge is spent; challenges are limited, and so are these events. `passkeyId` is the known
 * passkey that was used, and nothing at registration.
 */
export async function recordRefusal<T>(
  actor: Actor,
  event: { ceremony: Ceremony; identityId: string; passkeyId?: string },
  finish: () => Promise<T>,
): Promise<T> {
  try {
    return await finish();
  } catch (error) {
    const reason = reasonOf(error);
    if (reason) await transaction((tx) => recordEvent(tx, actor, toEvent(event, reason)));
    throw error;
  }
}

function toEvent({ ceremony, identityId, passkeyId }: Parameters<typeof recordRefusal>[1], reason: Reason) {
  if (ceremony === 'registration') return { type: 'passkey.refused' as const, identityId, details: { reason } };
  const details = {
    method: 'passkey',
    ...(passkeyId !== undefined && { passkey_id: passkeyId }),
    reason,
    ...(ceremony === 'step_up' && { purpose: 'step_up' }),
  };
  return { type: 'sign_in.refused' as const, identityId, details };
}

/** Null for what is no refusal, such as a database that is away. */
function reasonOf(error: unknown): Reason | null {
  if (!isAppError(error) || error.code === 'overloaded' || error.code === 'internal') return null;
  return refusalIn(error) ?? error.code;
}
