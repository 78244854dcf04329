import { firstLocale, type Locale } from '@/lib/i18n/model';
import { type Identity, normalizeAddress } from '@/lib/identity/model';
import { createIdentity, findIdentityByIdentifier, markAddressVerified } from '@/lib/identity/service';
import type { Actor } from '@/lib/platform/actor';
import type { Tx } from '@/lib/platform/db/transaction';
import { AppError, isAppError } from '@/lib/platform/errors';
import type { Project } from '@/lib/project/model';
import { getProject } from '@/lib/project/service';
import type { Session } from '@/lib/session/model';
import { openSession } from '@/lib/session/service';
import { type PendingCode, toPendingCode, type Verification } from '../model';
import * as rows from '../repository';
import { consume, type Proven, proveCode, proveLink, visitor } from './consume';
import { admit, hashLink, insertLink, issue, requireAddress, type Visit } from './issue';

export type BeginSignInInput = {
  /** As typed. */
  address: string;
  /** The browser that asks: only there the code will work. */
  browserHash: string;
  /** Whether this address has signed in in this browser before: then strangers do not use up its mails. */
  isFamiliar?: boolean;
  /** The language of the page, for a mail to somebody who has chosen none. */
  locale: Locale;
  /** Where to go afterwards: a local path, as the edge has proven it. */
  returnTo?: string | null;
};

/** Of the browser that presents a code or link. */
export type Arrival = {
  userAgent: string;
  /** The session this browser has had until now, by its cookie. */
  replaces?: string | null;
};

export type SignedIn = { project: Project; identity: Identity; session: Session; returnTo: string | null };

/**
 * Mails code and link to somebody who may sign in. For an address that nobody has, or somebody who is inactive, the same
 * work is done, the same is counted and the same is answered; only the mail is discarded by the worker.
 * Refuses: `invalid_input` at `/email`, `rate_limited`.
 */
export async function beginSignIn(visit: Visit, input: BeginSignInInput): Promise<PendingCode> {
  const address = requireAddress(normalizeAddress(input.address));
  const { browserHash, isFamiliar = false } = input;
  const { hasCode } = await admit(visit, { purpose: 'sign_in', address, browserHash, isFamiliar });
  const [project, recipient] = await Promise.all([
    getProject(visit.projectId),
    rows.findRecipient(visit.projectId, address),
  ]);
  const isKnown = recipient?.state === 'active';
  const mayRegister = recipient === null && project.registration === 'open';
  const verification = await issue(visit, {
    purpose: 'sign_in',
    address,
    browserHash,
    locale: firstLocale(isKnown && recipient.locale, input.locale),
    identityId: isKnown ? recipient.id : null,
    revocationEpoch: isKnown ? recipient.revocationEpoch : null,
    sessionId: null,
    returnTo: input.returnTo ?? null,
    hasCode,
    isMailed: isKnown || mayRegister,
  });
  return toPendingCode(verification);
}

/** What this browser has asked for and not yet answered, so that a reload of the page keeps the code step. */
export async function findPendingSignIn(projectId: string, browserHash: string | null): Promise<PendingCode | null> {
  if (!browserHash) return null;
  const pending = await rows.findPending({ projectId, purpose: 'sign_in', browserHash }, new Date());
  return pending && toPendingCode(pending);
}

/** Refuses: `code_wrong` with `triesLeft`, `code_spent`, `rate_limited`. */
export async function finishSignInWithCode(
  visit: Visit,
  { browserHash, code, ...arrival }: Arrival & { browserHash: string | null; code: string },
): Promise<SignedIn> {
  const holder = { projectId: visit.projectId, purpose: 'sign_in' as const, browserHash };
  return enter(visit, await proveCode(visit, holder, code), arrival);
}

/** What the link's page shows before anything is used up, or null when the link no longer works. Writes nothing. */
export async function peekLink(
  projectId: string,
  token: string,
  browserHash: string | null,
): Promise<{ address: string; returnTo: string | null; isSameBrowser: boolean } | null> {
  const pending = await rows.findPendingByLink(projectId, hashLink(token), new Date());
  if (pending?.purpose !== 'sign_in') return null;
  const isSameBrowser = browserHash !== null && browserHash !== '' && browserHash === pending.browserHash;
  return { address: pending.address, returnTo: pending.returnTo, isSameBrowser };
}

/** For a POST only: mail scanners follow links by GET. Works in any browser. Refuses: `link_spent`. */
export async function finishSignInWithLink(
  visit: Visit,
  { token, ...arrival }: Arrival & { token: string },
): Promise<SignedIn> {
  return enter(visit, await proveLink(visit, token), arrival);
}

/** A link that signs somebody in who has lost every other way, for an operator to hand on. Refuses: `inactive_identity`. */
export async function issueSignInLink(
  tx: Tx,
  project: Project,
  identity: Identity,
  lifetimeSeconds: number,
): Promise<{ link: string; expiresAt: Date }> {
  const [address] = identity.identifiers;
  if (identity.state !== 'active' || address === undefined) throw new AppError('inactive_identity');
  const of = { address, identityId: identity.id, revocationEpoch: identity.revocationEpoch };
  return insertLink(tx, { projectId: project.id, origin: project.origin }, { ...of, lifetimeSeconds });
}

/** The mailbox is proven: who has it comes in, or is made where registration is open. */
async function enter(visit: Visit, proven: Proven, arrival: Arrival): Promise<SignedIn> {
  const { verification, method } = proven;
  const project = await getProject(visit.projectId);
  const spent = `${method}_spent` as const;
  try {
    const opened = await consume(proven, async (tx) => {
      const identity = await admitted(tx, visit, project, verification);
      if (!identity) throw new AppError(spent);
      const actor = actorOf(visit, identity);
      await markAddressVerified(tx, actor, identity.id, verification.address);
      const session = await openSession(tx, actor, { project, identity, method, address: visit.address, ...arrival });
      return { identity, session };
    });
    return { project, ...opened, returnTo: verification.returnTo };
  } catch (error) {
    // Somebody registered with this address in the meantime: they are known now, and asking again tells them apart.
    if (isAppError(error) && error.code === 'identifier_taken') throw new AppError(spent, { cause: error });
    throw error;
  }
}

/**
 * Who comes in: the one it was mailed to, if they still are who they were: active, of the same epoch, and still with this
 * address. What was asked for when nobody had the address makes a new identity, never opens one that came later.
 */
async function admitted(tx: Tx, visit: Visit, project: Project, verification: Verification): Promise<Identity | null> {
  const { address, identityId, revocationEpoch } = verification;
  const present = await findIdentityByIdentifier(project.id, address, tx);
  if (identityId === null) {
    if (present || project.registration !== 'open') return null;
    return createIdentity(visitor(visit), { traits: { email: address }, verifiedAddresses: [address] }, tx);
  }
  const isSame = present?.id === identityId && present.revocationEpoch === revocationEpoch;
  return isSame && present.state === 'active' ? present : null;
}

function actorOf({ projectId, requestId, address }: Visit, identity: Identity): Actor {
  return { projectId, kind: 'identity', id: identity.id, requestId, address };
}
