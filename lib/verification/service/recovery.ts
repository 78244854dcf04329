import { recordEvent } from '@/lib/audit/service';
import type { Guard, Identity } from '@/lib/identity/model';
import { addressMail } from '@/lib/identity/model/address-mail';
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
  /** In groups of four; accepted in any case, with or without dashes. */
  code: string;
  /** The page that asks for the code. */
  codePage: string;
  expiresAt: Date;
};

type RecoveryOptions = { guard?: Guard; lifetimeSeconds?: number; tx?: Tx };

/**
 * Issues access for a person who has lost all other means, for an operator to hand over: a link, and a code for its own
 * page. Either works once, in any browser; neither is mailed or proves a mailbox. The person is notified. Replaces an
 * earlier recovery. `guard` may refuse identities that the actor must not reach.
 * Refuses: `not_found`, `forbidden` (oneself), `operator_protected`, `recovery_impossible` (inactive, or without an
 * address), and what `guard` throws.
 */
export async function issueRecovery(
  actor: Actor,
  identityId: string,
  { guard, lifetimeSeconds = RECOVERY_SECONDS, tx: outer }: RecoveryOptions = {},
): Promise<Recovery> {
  const { id: projectId, origin } = await getProject(actor.projectId, outer);
  const { token, code } = newRecoveryCode(projectId);
  return transaction(async (tx) => {
    // Lock the identity's row first: serializes with a concurrent promotion to operator.
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
    await notifyOfRecovery(tx, actor, identity, { expiresAt });
    return { link: toLink(origin, token), code: formatRecoveryCode(code), codePage: toRecoveryPage(origin), expiresAt };
  }, outer);
}

/**
 * Notifies a person that a recovery was issued or used: they may not have requested it. `link`: ends the sign-in with it;
 * only a proven mailbox gets it.
 */
export async function notifyOfRecovery(
  tx: Tx,
  actor: Actor,
  identity: Identity,
  what: { expiresAt: Date } | { link: string; until: number },
): Promise<void> {
  const found = addressMail(identity, { actor });
  if (!found) return;
  const isProven = identity.verifiableAddresses.some(({ value, verified }) => value === found.to && verified);
  // An unproven mailbox may be a stranger's.
  const envelope = isProven ? found : { to: found.to, locale: found.locale };
  const mail: Mail =
    'expiresAt' in what
      ? { ...envelope, kind: 'recovery_issued', params: { expiresAt: what.expiresAt.getTime() } }
      : { ...envelope, kind: 'recovery_used', params: isProven ? what : {} };
  await queueMail(tx, identity.projectId, mail, { limit: isProven ? 'notice' : 'stranger' });
}

/** Ends an unused recovery of an identity. */
export async function endRecovery(tx: Tx, projectId: string, identityId: string, now = new Date()): Promise<void> {
  await rows.expirePending(tx, { projectId, purpose: 'recovery', browserHash: '', identityId }, now);
}

/** Ends every code, link and unfinished step of an identity, and those requested for these addresses. */
export async function endAllPending(tx: Tx, identity: Identity, addresses: string[]): Promise<void> {
  const now = new Date();
  await rows.expireAllPending(tx, identity.projectId, identity.id, now);
  await rows.expireAllAt(tx, identity.projectId, addresses, now);
}

/** The address that would receive a mailed code. Refuses: `recovery_impossible`. */
function signInAddress({ state, identifiers: [address] }: Identity): string {
  if (state !== 'active') throw new AppError('recovery_impossible', { reason: 'This identity is inactive' });
  if (address === undefined) throw new AppError('recovery_impossible', { reason: 'This identity has no identifier' });
  return address;
}
