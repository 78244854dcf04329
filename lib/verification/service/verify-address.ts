import { findIdentity, markAddressVerified } from '@/lib/identity/service';
import { AppError } from '@/lib/platform/errors';
import type { SessionProof } from '@/lib/session/model';
import { consume, proveCode } from './consume';
import type { ClientContext } from './issue';
import { isAddressOf, requireSameEpoch } from './step-up';

/**
 * Marks the address of a signed-in person verified by a code that `beginCodeStepUp` mailed. The session is unchanged:
 * the mailbox confirms an address, not the person. Refuses as `finishCodeStepUp`.
 */
export async function finishAddressVerification(
  client: ClientContext,
  { project, identity, session, actor }: SessionProof,
  { browserHash, code }: { browserHash: string | null; code: string },
): Promise<void> {
  const holder = { projectId: project.id, purpose: 'step_up' as const, identityId: identity.id, sessionId: session.id };
  const proven = await proveCode(client, { ...holder, browserHash }, code);
  await consume(proven, async (tx) => {
    const { verification } = proven;
    const current = await findIdentity(project.id, identity.id, tx);
    if (!current || !isAddressOf(current, verification.address)) throw new AppError('code_used_or_expired');
    requireSameEpoch(verification, current);
    await markAddressVerified(tx, actor, identity.id, verification.address);
  });
}
