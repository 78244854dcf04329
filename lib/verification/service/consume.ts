import { recordEvent } from '@/lib/audit/service';
import type { Identity } from '@/lib/identity/model';
import type { Actor } from '@/lib/platform/actor';
import { normalizeAddress } from '@/lib/platform/address';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { AppError, isAppError } from '@/lib/platform/errors';
import { errorFields, log } from '@/lib/platform/log';
import { isEqualConstantTime } from '@/lib/platform/secret';
import { acquire } from '@/lib/rate-limit/service';
import { MAX_TRIES, toCode, toRecoveryCode, triesLeft, type Verification } from '../model';
import * as rows from '../repository';
import { guessAvailability, permitGuess, releaseAll, wrongCodesFrom, wrongRecoveryCodesFor } from './guesses';
import { type ClientContext, hashCode, hashLink, recoveryToken } from './issue';

/** A correct code or link, not consumed yet. */
export type Proven = { verification: Verification; method: 'code' | 'link' };

/**
 * Compares a typed code with the pending one: the only function for every mailed code. Takes one of the code's five
 * tries, and a guess of its mailbox or session, before comparing.
 * Refuses: `code_used_or_expired` (nothing pending in this browser, expired, used, out of tries, ten wrong codes in a
 * day), `code_wrong` with `triesLeft`, `rate_limited` after many wrong codes from one client.
 */
export async function proveCode(
  client: ClientContext,
  holder: Omit<rows.Holder, 'browserHash'> & { browserHash: string | null },
  typed: string,
): Promise<Proven> {
  const { browserHash } = holder;
  const now = new Date();
  const pending = browserHash ? await rows.findPending({ ...holder, browserHash }, now) : null;
  if (!pending?.codeHash || pending.wrongTries >= MAX_TRIES) throw new AppError('code_used_or_expired');
  const code = toCode(typed);
  // Anything but six digits is a slip, not a guess.
  if (code === null) throw await codeWrong(pending, pending.wrongTries);
  const permits = await permitGuess(client.address, pending);
  if (!(await rows.reserveTry(pending.id, MAX_TRIES, now))) {
    await releaseAll(permits);
    throw new AppError('code_used_or_expired');
  }
  if (!isRight(pending, code)) throw await wrongCode(client, pending);
  await releaseAll(permits);
  return { verification: pending, method: 'code' };
}

/**
 * Finds a recovery by its code alone. Strangers' guesses use up no one else's limit: a right code is accepted
 * after any number of wrong ones. `address`: typed beside it, or empty. Refuses: `recovery_code_wrong`, `rate_limited`
 * after many from one client.
 */
export async function proveRecoveryCode(client: ClientContext, typed: string, address = ''): Promise<Proven> {
  const code = toRecoveryCode(typed);
  if (code === null) throw new AppError('recovery_code_wrong');
  const linkHash = hashLink(recoveryToken(client.projectId, code));
  const pending = await rows.findPendingByLink(client.projectId, linkHash, new Date());
  // Consumed like the link, whose token is derived from the code.
  if (pending?.purpose === 'recovery') return { verification: pending, method: 'link' };
  await countWrongRecoveryCode(client, normalizeAddress(address));
  throw new AppError('recovery_code_wrong');
}

/** The same steps with and without an account at the address. Refuses: `rate_limited`. */
async function countWrongRecoveryCode(client: ClientContext, address: string): Promise<void> {
  const { projectId } = client;
  if (address !== '') await acquire(wrongRecoveryCodesFor(projectId, address, client.address));
  await acquire(wrongCodesFrom(client.address));
  const holder = await rows.findRecipient(projectId, address);
  await recordRefusal(client, { identityId: holder?.id ?? null, purpose: 'recovery' });
}

function isRight({ id, codeHash }: Verification, code: string): boolean {
  return codeHash !== null && isEqualConstantTime(codeHash, hashCode(id, code));
}

/** Independent of wrong codes. Refuses: `link_used_or_expired`. */
export async function proveLink(client: ClientContext, token: string): Promise<Proven> {
  const pending = await rows.findPendingByLink(client.projectId, hashLink(token), new Date());
  if (!pending || !opensSession(pending)) throw new AppError('link_used_or_expired');
  return { verification: pending, method: 'link' };
}

/** Other purposes have link hashes too, but mail no link. */
export function opensSession({ purpose }: Verification): boolean {
  return purpose === 'sign_in' || purpose === 'recovery';
}

/**
 * Consumes a proof in one transaction with its grant: of many uses, one succeeds. A refusal consumes it as well. An
 * internal failure does not, so that the person can retry with the same mail.
 * Refuses: `code_used_or_expired` or `link_used_or_expired`, and what `grant` throws.
 */
export async function consume<T>({ verification: { id }, method }: Proven, grant: (tx: Tx) => Promise<T>): Promise<T> {
  try {
    return await transaction(async (tx) => {
      if (!(await rows.consume(id, method, new Date(), tx))) throw new AppError(`${method}_used_or_expired`);
      return grant(tx);
    });
  } catch (error) {
    if (isRefusal(error)) await rows.consume(id, method, new Date());
    else if (method === 'code') await refundTry(id);
    throw error;
  }
}

/** A refusal of the request, not a failure of the server. */
function isRefusal(error: unknown): boolean {
  return isAppError(error) && error.code !== 'overloaded' && error.code !== 'internal';
}

/** Best effort: if the database fails here too, one try is lost. */
async function refundTry(id: string): Promise<void> {
  try {
    await rows.returnTry(id);
  } catch (error) {
    log.warn('code attempt not refunded', errorFields(error));
  }
}

/** The client as the identity it has proven to be. */
export function actorOf(
  { projectId, requestId, address, userAgent }: ClientContext,
  { id }: Pick<Identity, 'id'>,
): Actor {
  return { projectId, kind: 'identity', id, requestId, address, userAgent };
}

/** The client before its identity is known. */
export function anonymousActor({ projectId, requestId, address }: ClientContext): Actor {
  return { projectId, kind: 'system', id: null, requestId, address };
}

async function wrongCode(client: ClientContext, pending: Verification): Promise<AppError> {
  await recordRefusal(client, pending);
  return codeWrong(pending, await rows.countTries(pending.id));
}

async function codeWrong(pending: Verification, wrongTries: number): Promise<AppError> {
  const { left } = await guessAvailability(pending);
  return new AppError('code_wrong', { triesLeft: triesLeft(wrongTries, left) });
}

async function recordRefusal(
  client: ClientContext,
  { identityId, purpose }: Pick<Verification, 'identityId' | 'purpose'>,
): Promise<void> {
  const details = { reason: 'code_wrong', purpose };
  await transaction((tx) => recordEvent(tx, anonymousActor(client), { type: 'sign_in.refused', identityId, details }));
}
