import { requireFresh } from '@/lib/credential/service';
import type { Locale } from '@/lib/i18n/model';
import { deleteAccount, getIdentity, scheduleDeletion } from '@/lib/identity/service';
import { transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { getProject } from '@/lib/project/service';
import { carryRecoveryCodes } from '@/lib/recovery-code/service';
import type { SessionProof } from '@/lib/session/model';

const DAY = 24 * 60 * 60 * 1000;

/**
 * Deletes the account of the signed-in identity: at once, or after the project's grace time, in which signing in by
 * passkey, code, link or recovery code brings it back. Sessions, codes, links, pairings and ceremonies end either way.
 * Resolves to the time of the purge; null: it is gone. `graceDays`: as the person was shown. `locale`: the language of the
 * mails if the person has chosen none.
 * Refuses: `reauthentication_required`, `last_owner`, `version_conflict` (the grace time has changed since it was shown),
 * `unauthenticated` (everything of the identity was revoked since the session was read).
 */
export async function deleteOwnAccount(
  proof: SessionProof,
  { graceDays, locale }: { graceDays: number; locale: Locale },
): Promise<Date | null> {
  const { actor, session } = proof;
  await requireFresh(proof);
  return transaction(async (tx) => {
    const { deletionGraceDays } = await getProject(actor.projectId, tx);
    const identity = await getIdentity(actor.projectId, proof.identity.id, tx);
    if (identity.state !== 'active' || identity.revocationEpoch !== session.revocationEpoch)
      throw new AppError('unauthenticated');
    if (deletionGraceDays !== graceDays) throw new AppError('version_conflict');
    if (deletionGraceDays === 0) {
      await deleteAccount(actor, identity.id, { locale, tx });
      return null;
    }
    const dueAt = new Date(Date.now() + deletionGraceDays * DAY);
    const after = await scheduleDeletion(tx, actor, identity, { dueAt, locale });
    await carryRecoveryCodes(tx, identity, after);
    return dueAt;
  });
}
