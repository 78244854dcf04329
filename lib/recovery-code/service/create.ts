import { recordEvent } from '@/lib/audit/service';
import { requireFresh } from '@/lib/credential/service';
import { findIdentity, lockIdentity } from '@/lib/identity/service';
import { transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { randomReadable } from '@/lib/platform/secret';
import { getProject } from '@/lib/project/service';
import { consumeLimits } from '@/lib/rate-limit/service';
import type { SessionProof } from '@/lib/session/model';
import { formatPersonalCode, PERSONAL_CODE_LENGTH, RECOVERY_CODES } from '../model';
import * as rows from '../repository';
import { hashPersonalCode } from './hash';
import { notifyHolder } from './notify-holder';

/** Each creation sends a mail. */
const MAX_PER_HOUR = 10;

/**
 * Creates a set of recovery codes in place of the earlier one and mails a notice. The codes, in groups of four, exist
 * only in this result.
 * Refuses: `reauthentication_required`, `recovery_codes_off`, `rate_limited`, `unauthenticated` (everything of the
 * identity was revoked since the session was read).
 */
export async function createRecoveryCodes(proof: SessionProof): Promise<string[]> {
  const { actor, session } = proof;
  const { id: identityId, projectId } = proof.identity;
  await requireFresh(proof);
  const limit = { name: 'recovery-codes-created', key: identityId, max: MAX_PER_HOUR, windowSeconds: 60 * 60 };
  await consumeLimits(limit);
  const codes = Array.from({ length: RECOVERY_CODES }, () => randomReadable(PERSONAL_CODE_LENGTH));
  await transaction(async (tx) => {
    // Lock the identity's row first: serializes with a concurrent promotion, deactivation or creation.
    await lockIdentity(tx, projectId, identityId);
    const [project, identity] = [await getProject(projectId, tx), await findIdentity(projectId, identityId, tx)];
    if (project.recoveryCodes === 'off') throw new AppError('recovery_codes_off');
    if (identity?.state !== 'active' || identity.revocationEpoch !== session.revocationEpoch)
      throw new AppError('unauthenticated');
    const { revocationEpoch } = identity;
    const { usable } = await rows.deleteCodes(tx, identity);
    const created = { projectId, identityId, revocationEpoch, createdAt: new Date(), usedAt: null };
    await rows.insertCodes(
      tx,
      codes.map((code) => ({ ...created, id: newId(), codeHash: hashPersonalCode(identityId, code) })),
    );
    const details = { count: codes.length, ...(usable > 0 && { replaced: usable }) };
    await recordEvent(tx, actor, { type: 'recovery_code.created', identityId, details });
    await notifyHolder(tx, actor, identity, { change: 'created', left: codes.length });
  });
  return codes.map(formatPersonalCode);
}
