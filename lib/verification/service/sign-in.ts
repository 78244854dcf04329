import { firstLocale, type Locale } from '@/lib/i18n/model';
import { addressIdOf, type Identity } from '@/lib/identity/model';
import { findIdentityByIdentifier, markAddressVerified } from '@/lib/identity/service';
import { findRegistration, register } from '@/lib/invitation/service';
import { admitNewcomerMail } from '@/lib/mail/service';
import { normalizeAddress } from '@/lib/platform/address';
import type { Tx } from '@/lib/platform/db/transaction';
import { AppError, isAppError } from '@/lib/platform/errors';
import { setAt } from '@/lib/platform/json';
import type { Project } from '@/lib/project/model';
import { getProject } from '@/lib/project/service';
import type { Session } from '@/lib/session/model';
import type { SignInBrowser } from '@/lib/session/model/alert';
import { openSession } from '@/lib/session/service';
import { type PendingCode, toPendingCode } from '../model';
import * as rows from '../repository';
import { actorOf, consume, opensSession, type Proven, proveCode, proveLink, proveRecoveryCode } from './consume';
import { withGuesses } from './guesses';
import { admit, blank, type ClientContext, hashLink, issue, newLinkToken, requireAddress } from './issue';
import { notifyOfRecovery } from './recovery';

export type BeginSignInInput = {
  /** As typed. */
  address: string;
  /** The requesting browser: the code works only there. */
  browserHash: string;
  /** Whether this address has signed in in this browser before: then strangers do not use up its mails. */
  isFamiliar?: boolean;
  /** The page's language, for mail to a person who has chosen none. */
  locale: Locale;
  /** The return path: local, as validated by the edge. */
  returnTo?: string | null;
};

export type SignedIn = { project: Project; identity: Identity; session: Session; returnTo: string | null };

/**
 * Mails code and link to a person who may sign in, or who may register here and does so by using them. For any other
 * address, including those of inactive identities, work, counting and answer are the same; only the worker discards the
 * mail. Refuses: `invalid_input` at `/email`, `rate_limited`.
 */
export async function beginSignIn(client: ClientContext, input: BeginSignInInput): Promise<PendingCode> {
  const address = requireAddress(normalizeAddress(input.address));
  const { browserHash, isFamiliar = false } = input;
  const request = { purpose: 'sign_in' as const, address, browserHash, sessionId: null, isFamiliar };
  const { guessesLeft } = await admit(client, request);
  const project = await getProject(client.projectId);
  const [recipient, registration] = await Promise.all([
    rows.findRecipient(client.projectId, address),
    findRegistration(project, address),
  ]);
  const isKnown = recipient?.state === 'active';
  const isNewcomer = recipient === null && registration !== null;
  const isClosed = project.registration === 'closed'; // newcomers get no mail then, so there is nothing to distinguish
  const isWithinCeiling = isClosed || (await admitNewcomerMail(project.id, isNewcomer));
  const verification = await issue(client, {
    purpose: 'sign_in',
    kind: isNewcomer ? 'registration' : 'sign_in',
    address,
    browserHash,
    locale: firstLocale(isKnown && recipient.locale, input.locale),
    name: isKnown ? recipient.name : undefined,
    identityId: isKnown ? recipient.id : null,
    revocationEpoch: isKnown ? recipient.revocationEpoch : isNewcomer ? 0 : null,
    sessionId: null,
    returnTo: input.returnTo ?? null,
    hasCode: guessesLeft > 0,
    isMailed: (isKnown || isNewcomer) && isWithinCeiling,
  });
  return toPendingCode(verification, guessesLeft);
}

/** This browser's unanswered request, so that a reload keeps the code step. */
export async function findPendingSignIn(projectId: string, browserHash: string | null): Promise<PendingCode | null> {
  if (!browserHash) return null;
  const pending = await rows.findPending({ projectId, purpose: 'sign_in', browserHash }, new Date());
  return pending && withGuesses(pending);
}

/**
 * Null: the address is proven and has no identity, and the schema requires further traits; this browser's next step
 * asks for them.
 * Refuses: `code_wrong` with `triesLeft`, `code_used_or_expired`, `rate_limited`, `invitation_used_or_expired`.
 */
export async function finishSignInWithCode(
  client: ClientContext,
  { browserHash, code, ...signInBrowser }: SignInBrowser & { browserHash: string | null; code: string },
): Promise<SignedIn | null> {
  const holder = { projectId: client.projectId, purpose: 'sign_in' as const, browserHash };
  return enter(client, await proveCode(client, holder, code), signInBrowser, browserHash ?? '');
}

/**
 * Signs in with a recovery code from an operator, in any browser. `address`: typed beside it, only for limits and log.
 * Refuses: `recovery_code_wrong` (mistyped, used, expired, or the identity has changed since), `rate_limited`.
 */
export async function finishSignInWithRecoveryCode(
  client: ClientContext,
  {
    code,
    address,
    returnTo,
    ...signInBrowser
  }: SignInBrowser & { code: string; address?: string; returnTo: string | null },
): Promise<SignedIn> {
  const { verification, method } = await proveRecoveryCode(client, code, address);
  try {
    const signedIn = await enter(client, { verification: { ...verification, returnTo }, method }, signInBrowser, '');
    if (signedIn) return signedIn;
  } catch (error) {
    if (!isAppError(error) || error.code !== 'link_used_or_expired') throw error;
  }
  throw new AppError('recovery_code_wrong');
}

export type LinkPreview = {
  address: string;
  returnTo: string | null;
  /** Requested in this browser. */
  isSameBrowser: boolean;
  /** Issued by an operator. */
  isRecovery: boolean;
  /** Using it creates an account. */
  isRegistration: boolean;
};

/** Data for the link's page before the link is used, or null if it no longer works. Writes nothing. */
export async function peekLink(
  projectId: string,
  token: string,
  browserHash: string | null,
): Promise<LinkPreview | null> {
  const pending = await rows.findPendingByLink(projectId, hashLink(token), new Date());
  if (!pending || !opensSession(pending)) return null;
  const { address, returnTo, purpose, identityId } = pending;
  const isSameBrowser = browserHash !== null && browserHash !== '' && browserHash === pending.browserHash;
  const isRegistration = identityId === null;
  return { address, returnTo, isSameBrowser, isRecovery: purpose === 'recovery', isRegistration };
}

/**
 * Only for POST: mail scanners follow links by GET. Works in any browser, which also gets the step for further traits.
 * Null as for codes. Refuses: `link_used_or_expired`, `invitation_used_or_expired`.
 */
export async function finishSignInWithLink(
  client: ClientContext,
  { token, browserHash, ...signInBrowser }: SignInBrowser & { browserHash: string; token: string },
): Promise<SignedIn | null> {
  return enter(client, await proveLink(client, token), signInBrowser, browserHash);
}

/** Signs in the proven holder, or registers a newcomer if allowed. */
async function enter(
  client: ClientContext,
  proven: Proven,
  signInBrowser: SignInBrowser,
  browserHash: string,
): Promise<SignedIn | null> {
  const { verification, method } = proven;
  const { address, identityId, revocationEpoch } = verification;
  const project = await getProject(client.projectId);
  return consume(proven, async (tx) => {
    const holder = await findHolder(tx, proven);
    if (holder) return completeSignIn(tx, client, project, holder, proven, signInBrowser);
    const isNewcomer = identityId === null && revocationEpoch !== null;
    const registration = isNewcomer ? await findRegistration(project, address, tx) : null;
    if (!registration) {
      // Registered between the two reads, in another browser, which consumed the invitation.
      const registered = isNewcomer ? await findHolder(tx, proven) : null;
      if (registered) return completeSignIn(tx, client, project, registered, proven, signInBrowser);
      throw new AppError(`${method}_used_or_expired`);
    }
    if (registration.fields.length > 0) return requestDetails(tx, proven, browserHash);
    const traits = setAt({}, registration.addressPath, address);
    const identity = await register(tx, client, project, address, traits);
    return completeSignIn(tx, client, project, identity, proven, signInBrowser);
  });
}

/**
 * The identity with this address, or null. It must be unchanged since the mail: the same one, active, of the same
 * epoch. A newcomer may also sign in to an identity created at the address since.
 * Refuses: `code_used_or_expired` or `link_used_or_expired` for any other identity.
 */
export async function findHolder(tx: Tx, { verification, method }: Proven): Promise<Identity | null> {
  const { projectId, address, identityId, revocationEpoch } = verification;
  const present = await findIdentityByIdentifier(projectId, address, tx);
  if (!present) return null;
  const isSame = (identityId === null || present.id === identityId) && present.revocationEpoch === revocationEpoch;
  if (!isSame || present.state !== 'active') throw new AppError(`${method}_used_or_expired`);
  return present;
}

export async function completeSignIn(
  tx: Tx,
  client: ClientContext,
  project: Project,
  identity: Identity,
  { verification, method }: Proven,
  signInBrowser: SignInBrowser,
): Promise<SignedIn> {
  const actor = actorOf(client, identity);
  const isRecovery = verification.purpose === 'recovery';
  if (!isRecovery) await markAddressVerified(tx, actor, identity.id, verification.address);
  const addressId = isRecovery ? null : addressIdOf(identity, verification.address);
  const how = { method: isRecovery ? ('recovery' as const) : method, address: client.address, addressId };
  const announced = isRecovery && {
    announce: (end: { link: string; until: number }) => notifyOfRecovery(tx, actor, identity, end),
  };
  const session = await openSession(tx, actor, { project, identity, ...how, ...announced, ...signInBrowser });
  return { project, identity, session, returnTo: verification.returnTo };
}

/** Creates the next step, for this browser only. It lives as long as a code. */
async function requestDetails(tx: Tx, { verification, method }: Proven, browserHash: string): Promise<null> {
  const { projectId, address, revocationEpoch, codeHash, returnTo } = verification;
  const step = blank(projectId, 'registration', newLinkToken(), new Date());
  await rows.expirePending(tx, { projectId, purpose: 'registration', browserHash }, step.createdAt);
  const how = { codeHash: method === 'code' ? codeHash : null };
  await rows.insertVerification(tx, { ...step, ...how, address, revocationEpoch, browserHash, returnTo });
  return null;
}
