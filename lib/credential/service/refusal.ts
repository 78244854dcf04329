import { recordEvent } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import { transaction } from '@/lib/platform/db/transaction';
import { type ErrorCode, isAppError } from '@/lib/platform/errors';
import { log } from '@/lib/platform/log';
import type { Ceremony, PasskeyRefusal } from '../model';
import { refusalReasonOf } from '../webauthn/refusal';

/** A fixed code, so neither the log nor the audit log contains received data. */
type Reason = PasskeyRefusal | ErrorCode;

/** Runs `finish` and logs a refusal with its reason. */
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
 * Runs `finish` and records a refusal in the audit log. Call it only after the challenge is consumed: challenges are
 * rate-limited, and so are these events. `passkeyId` is the known passkey that was used, absent at registration.
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

/** Null for failures that are not refusals, such as an unavailable database. */
function reasonOf(error: unknown): Reason | null {
  if (!isAppError(error) || error.code === 'overloaded' || error.code === 'internal') return null;
  return refusalReasonOf(error) ?? error.code;
}
