import { recordEvent } from '@/lib/audit/service';
import { guardPasskeyLimit, listPasskeys, requireFresh } from '@/lib/credential/service';
import { findIdentity, lockIdentity } from '@/lib/identity/service';
import { transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { consumeLimits } from '@/lib/rate-limit/service';
import type { SessionProof } from '@/lib/session/model';
import { PAIRING_MINUTES, type Pairing } from '../model';
import * as rows from '../repository';
import { hashPairing, newPairingCode } from './token';

const MAX_PER_HOUR = 20;

/**
 * Starts a pairing in this session and cancels earlier ones of the identity. The code exists only in this result.
 * Refuses: `reauthentication_required`, `too_many_passkeys`, `rate_limited`, `unauthenticated` (everything of the
 * identity was revoked since the session was read).
 */
export async function startPairing(proof: SessionProof): Promise<{ code: string }> {
  const { actor, session } = proof;
  const { id: identityId, projectId } = proof.identity;
  await requireFresh(proof);
  guardPasskeyLimit(await listPasskeys(projectId, identityId));
  await consumeLimits({ name: 'pairing', key: identityId, max: MAX_PER_HOUR, windowSeconds: 60 * 60 });
  const { code, token } = newPairingCode(projectId);
  await transaction(async (tx) => {
    await lockIdentity(tx, projectId, identityId);
    const identity = await findIdentity(projectId, identityId, tx);
    if (identity?.state !== 'active' || identity.revocationEpoch !== session.revocationEpoch)
      throw new AppError('unauthenticated');
    const now = new Date();
    await rows.cancelUnfinished(tx, projectId, identityId, now);
    const pairing: Pairing = {
      ...{ id: newId(), projectId, identityId, sessionId: session.id, revocationEpoch: session.revocationEpoch },
      ...{ linkHash: hashPairing(token), state: 'open', browserHash: null, userAgent: null, address: null },
      ...{ number: null, passkeyId: null, createdAt: now },
      expiresAt: new Date(now.getTime() + PAIRING_MINUTES * 60 * 1000),
    };
    await rows.insertPairing(tx, pairing);
    await recordEvent(tx, actor, { type: 'pairing.started', identityId, details: { pairing_id: pairing.id } });
  });
  return { code };
}
