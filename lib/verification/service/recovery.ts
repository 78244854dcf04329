import { recordEvent } from '@/lib/audit/service';
import { firstLocale } from '@/lib/i18n/model';
import { emailOf, type Guard, type Identity } from '@/lib/identity/model';
import { getIdentityForWrite, lockIdentity } from '@/lib/identity/service';
import type { Mail } from '@/lib/mail/model';
import { queueMail } from '@/lib/mail/service';
import type { Actor } from '@/lib/platform/actor';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { getProject } from '@/lib/project/service';
import { formatRecoveryCode, RECOVERY_SECONDS, toLink, toRecoveryPage, type Verification } from '../model';
import * as rows from '../repository';
import { blank, newRecoveryCode } from './issue';

export type Recovery = {
  link: string;
  /** In groups of four; typed in any case, with or without the dashes. */
  code: string;
  /** Where the code is typed. */
  codePage: string;
  expiresAt: Date;
};

type RecoveryOptions = { guard?: Guard; lifetimeSeconds?: number; tx?: Tx };

/**
 * A way in for someone who has lost all others, handed over by an operator: a link, and a code for a page of its own. Both
 * work in any browser, one of them, once; neither is mailed and no mailbox is proven by it. The person is told that it was made. One made earlier ends. `guard` may refuse whom the actor must not reach.
 * Refuses: `not_found`, `forbidden` (oneself), `operator_protected`, `recovery_impossible` (inactive, or without an address), and what `guard` throws.
 */
export async function issueRecovery(
  actor: Actor,
  identityId: string,
  { guard, lifetimeSeconds = RECOVERY_SECONDS, tx: outer }: RecoveryOptions = {},
): Promise<Recovery> {
  const { id: projectId, origin } = await getProject(actor.projectId, outer);
  const { token, code } = newRecoveryCode(projectId);
  return transaction(async (tx) => {
    // First the identity's row: who makes it an operator at the same time waits for this recovery, or is waited for.
    await lockIdentity(tx, projectId, identityId);
    const identity = await getIdentityForWrite(tx, actor, identityId, {
      guard: (current) => {
        if (actor.id === current.id) throw new AppError('forbidden');
        guard?.(current);
      },
    });
    const address = signInAddress(identity);
    const now = new Date();
    const verification: Verification = {
      ...blank(projectId, 'recovery', token, now),
      address,
      identityId: identity.id,
      revocationEpoch: identity.revocationEpoch,
      expiresAt: new Date(now.getTime() + lifetimeSeconds * 1000),
    };
    const { expiresAt } = verification;
    await endRecovery(tx, projectId, identity.id, now);
    await rows.insertVerification(tx, verification);
    const details = { expires_at: expiresAt.toISOString() };
    await recordEvent(tx, actor, { type: 'identity.recovery_issued', identityId: identity.id, details });
    await notifyOfRecovery(tx, identity, expiresAt);
    return { link: toLink(origin, token), code: formatRecoveryCode(code), codePage: toRecoveryPage(origin), expiresAt };
  }, outer);
}

/** Tells a person that a recovery was made for them, or without `expiresAt` that it was used: they may not have asked for it. */
export async function notifyOfRecovery(tx: Tx, identity: Identity, expiresAt?: Date): Promise<void> {
  const to = emailOf(identity);
  if (to === null) return;
  const locale = firstLocale(identity.locale);
  const mail: Mail = expiresAt
    ? { kind: 'recovery_issued', to, locale, params: { expiresAt: expiresAt.getTime() } }
    : { kind: 'recovery_used', to, locale, params: {} };
  const isProven = identity.verifiableAddresses.some(({ value, verified }) => value === to && verified);
  await queueMail(tx, identity.projectId, mail, { limit: isProven ? 'notice' : 'stranger' });
}

/** One that was made for somebody and not used yet opens nothing any more. */
export async function endRecovery(tx: Tx, projectId: string, identityId: string, now = new Date()): Promise<void> {
  await rows.expirePending(tx, { projectId, purpose: 'recovery', browserHash: '', identityId }, now);
}

/** Every code, link and half-finished step of an identity ends, and those that anyone has asked for at these addresses. */
export async function endAllPending(tx: Tx, identity: Identity, addresses: string[]): Promise<void> {
  const now = new Date();
  await rows.expireAllPending(tx, identity.projectId, identity.id, now);
  await rows.expireAllAt(tx, identity.projectId, addresses, now);
}

/** What a code would be asked for with. */
function signInAddress({ state, identifiers: [address] }: Identity): string {
  if (state !== 'active') throw new AppError('recovery_impossible', { reason: 'This identity is inactive' });
  if (address === undefined) throw new AppError('recovery_impossible', { reason: 'This identity has no identifier' });
  return address;
}
