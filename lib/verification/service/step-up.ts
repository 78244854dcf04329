import { firstLocale, type Locale } from '@/lib/i18n/model';
import { addressIdOf, emailOf, type Identity } from '@/lib/identity/model';
import { greetingName } from '@/lib/identity/model/name';
import { findIdentity, markAddressVerified } from '@/lib/identity/service';
import { AppError } from '@/lib/platform/errors';
import { rateLimited } from '@/lib/rate-limit/model';
import type { Session, SessionProof } from '@/lib/session/model';
import { openSession } from '@/lib/session/service';
import { type PendingCode, toPendingCode, type Verification } from '../model';
import * as rows from '../repository';
import { consume, proveCode } from './consume';
import { withGuesses } from './guesses';
import { admit, type ClientContext, type CodeRequest, issue } from './issue';

/**
 * Mails a code to a signed-in person for step-up, bound to this session and browser.
 * Refuses: `rate_limited`, also after ten wrong codes of this session in a day (signing in again works instead, by
 * link), `not_found` without an address to mail to.
 */
export async function beginCodeStepUp(
  client: ClientContext,
  { identity, session }: SessionProof,
  input: { browserHash: string; locale: Locale },
): Promise<PendingCode> {
  const address = emailOf(identity);
  if (address === null) throw new AppError('not_found');
  const { browserHash } = input;
  const guessesLeft = await requireCode(client, {
    ...{ purpose: 'step_up', address, browserHash },
    ...{ sessionId: session.id, identityId: identity.id, isFamiliar: true },
  });
  const verification = await issue(client, {
    purpose: 'step_up',
    kind: 'step_up',
    address,
    browserHash,
    locale: firstLocale(identity.locale, input.locale),
    name: greetingName(identity),
    identityId: identity.id,
    revocationEpoch: identity.revocationEpoch,
    sessionId: session.id,
    returnTo: null,
    hasCode: true,
    isMailed: true,
  });
  return toPendingCode(verification, guessesLeft);
}

/** This session's unanswered request. */
export async function findPendingStepUp(
  { project, identity, session }: SessionProof,
  browserHash: string | null,
): Promise<PendingCode | null> {
  if (!browserHash) return null;
  const holder = { projectId: project.id, purpose: 'step_up' as const, browserHash, sessionId: session.id };
  const pending = await rows.findPending(holder, new Date());
  return pending && isAddressOf(identity, pending.address) ? withGuesses(pending) : null;
}

/**
 * Opens a fresh session in place of the current one. Refuses: `code_wrong` with `triesLeft`, `code_used_or_expired`
 * (also if the identity's address has changed or everything was revoked since), `rate_limited`.
 */
export async function finishCodeStepUp(
  client: ClientContext,
  { project, identity, session, actor }: SessionProof,
  input: { browserHash: string | null; code: string; userAgent: string },
): Promise<Session> {
  const { browserHash, code, userAgent } = input;
  const holder = { projectId: project.id, purpose: 'step_up' as const, identityId: identity.id, sessionId: session.id };
  const proven = await proveCode(client, { ...holder, browserHash }, code);
  return consume(proven, async (tx) => {
    const { verification } = proven;
    const current = await findIdentity(project.id, identity.id, tx);
    // A mailbox that is no longer the identity's proves nothing.
    if (!current || !isAddressOf(current, verification.address)) throw new AppError('code_used_or_expired');
    requireSameEpoch(verification, current);
    await markAddressVerified(tx, actor, identity.id, verification.address);
    const addressId = addressIdOf(current, verification.address);
    const opening = {
      project,
      identity: current,
      method: 'code' as const,
      userAgent,
      address: client.address,
      addressId,
    };
    return openSession(tx, actor, { ...opening, replaces: session.id });
  });
}

/**
 * For steps that accept only a code: waits after too many wrong ones. Resolves to the remaining guesses. Refuses:
 * `rate_limited`.
 */
export async function requireCode(client: ClientContext, request: CodeRequest): Promise<number> {
  const { guessesLeft, nextAt } = await admit(client, request);
  if (guessesLeft > 0) return guessesLeft;
  const now = new Date();
  throw rateLimited(nextAt ?? now, now);
}

/** Refuses: `code_used_or_expired` if everything of the identity was revoked since the request. */
export function requireSameEpoch(verification: Verification, identity: { revocationEpoch: number }): void {
  if (verification.revocationEpoch !== identity.revocationEpoch) throw new AppError('code_used_or_expired');
}

export function isAddressOf({ identifiers }: Identity, address: string): boolean {
  return identifiers.includes(address);
}
