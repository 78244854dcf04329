import { recordEvent } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import type { Tx } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { isCounterSuspicious, isUseDue, type Passkey } from '../model';
import { findPasskey, updatePasskey } from '../repository';
import { findDeletion } from '../repository/deletion';

/** The refusal of a passkey whose deletion can still be undone. Browsers are not signalled to remove it. */
export const UNDECIDED = 'passkey_verification_failed';

/**
 * Records a use: counter and backup state as received, the time at most once a minute. A counter that did not increase
 * is recorded in the audit log and at the passkey (WebAuthn L3 §7.2 step 22). Refuses: `passkey_unknown` if the passkey was deleted
 * concurrently, `passkey_verification_failed` if that can still be undone.
 */
export async function recordUse(
  tx: Tx,
  actor: Actor,
  used: Passkey,
  { signCount, isBackedUp }: Pick<Passkey, 'signCount' | 'isBackedUp'>,
): Promise<void> {
  const passkey = await findPasskey(used.projectId, used.identityId, used.id, tx);
  if (!passkey) throw new AppError((await findDeletion(tx, used, used.id)) ? UNDECIDED : 'passkey_unknown');
  const isSuspicious = isCounterSuspicious(passkey.signCount, signCount);
  if (isSuspicious) {
    await recordEvent(tx, actor, {
      type: 'passkey.counter_warning',
      identityId: passkey.identityId,
      details: {
        passkey_id: passkey.id,
        name: passkey.name,
        stored: String(passkey.signCount),
        received: String(signCount),
      },
    });
  }
  const now = new Date();
  const isDue = isUseDue(passkey, now);
  if (!isDue && !isSuspicious && signCount === passkey.signCount && isBackedUp === passkey.isBackedUp) return;
  const isUpdated = await updatePasskey(tx, passkey, {
    ...{ signCount, isBackedUp },
    ...(isDue && { lastUsedAt: now }),
    ...(isSuspicious && { counterWarnedAt: now }),
  });
  if (!isUpdated) throw new AppError('passkey_unknown');
}
