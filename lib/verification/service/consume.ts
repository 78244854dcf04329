import { recordEvent } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { AppError, isAppError } from '@/lib/platform/errors';
import { errorFields, log } from '@/lib/platform/log';
import { isEqualConstantTime } from '@/lib/platform/secret';
import { addressKey } from '@/lib/rate-limit/model';
import { count, peek } from '@/lib/rate-limit/service';
import { MOST_TRIES, toCode, type Verification } from '../model';
import * as rows from '../repository';
import { hashCode, hashLink, type Visit } from './issue';

/** A code or link that was found to be right. It is not used up yet. */
export type Proven = { verification: Verification; method: 'code' | 'link' };

/**
 * Compares a code with the one that is pending, and where somebody signs in, with what an operator has handed to them. A try
 * is taken before it is compared.
 * Refuses: `code_spent` (nothing pending in this browser, expired, used, out of tries), `code_wrong` with `triesLeft`,
 * `rate_limited` after many wrong codes from one client.
 */
export async function proveCode(
  visit: Visit,
  holder: Omit<rows.Holder, 'browserHash'> & { browserHash: string | null },
  typed: string,
): Promise<Proven> {
  const { browserHash } = holder;
  const now = new Date();
  const pending = browserHash ? await rows.findPending({ ...holder, browserHash }, now) : null;
  if (!pending?.codeHash || pending.wrongTries >= MOST_TRIES) throw new AppError('code_spent');
  const code = toCode(typed);
  // What is not even six digits is a slip, not a guess.
  if (code === null) throw new AppError('code_wrong', { triesLeft: MOST_TRIES - pending.wrongTries });
  await peek(wrongCodes(visit));
  if (!(await rows.reserveTry(pending.id, MOST_TRIES, now))) throw new AppError('code_spent');
  if (isRight(pending, code)) return { verification: pending, method: 'code' };
  const recovery = pending.purpose === 'sign_in' ? await findRecovery(pending, code, now) : null;
  if (!recovery) throw await wrongCode(visit, pending);
  await rows.returnTry(pending.id);
  return { verification: { ...recovery, returnTo: pending.returnTo }, method: 'code' };
}

/** The same is asked for an address that nobody has, so that the time it takes tells nothing. */
async function findRecovery({ projectId, identityId }: Verification, code: string, now: Date) {
  const holder = { projectId, purpose: 'recovery' as const, browserHash: '', identityId: identityId ?? '' };
  const recovery = await rows.findPending(holder, now);
  if (!recovery || !(await rows.reserveTry(recovery.id, MOST_TRIES, now))) return null;
  return isRight(recovery, code) ? recovery : null;
}

function isRight({ id, codeHash }: Verification, code: string): boolean {
  return codeHash !== null && isEqualConstantTime(codeHash, hashCode(id, code));
}

/** Wrong codes do not end a link. Refuses: `link_spent`. */
export async function proveLink(visit: Visit, token: string): Promise<Proven> {
  const pending = await rows.findPendingByLink(visit.projectId, hashLink(token), new Date());
  if (!pending || !opensSession(pending)) throw new AppError('link_spent');
  return { verification: pending, method: 'link' };
}

/** Other purposes have links too, which no mail carries. */
export function opensSession({ purpose }: Verification): boolean {
  return purpose === 'sign_in' || purpose === 'recovery';
}

/**
 * Uses up what was proven, first and in one transaction with what it grants: of many uses one grants. A refusal uses it up
 * as well. Trouble of ours does not, so that the person can try again with the same mail.
 * Refuses: `code_spent` or `link_spent`, and what `grant` throws.
 */
export async function consume<T>({ verification: { id }, method }: Proven, grant: (tx: Tx) => Promise<T>): Promise<T> {
  try {
    return await transaction(async (tx) => {
      if (!(await rows.consume(id, method, new Date(), tx))) throw new AppError(`${method}_spent`);
      return grant(tx);
    });
  } catch (error) {
    if (isRefusal(error)) await rows.consume(id, method, new Date());
    else if (method === 'code') await giveTryBack(id);
    throw error;
  }
}

/** Because of the person, not because of us. */
function isRefusal(error: unknown): boolean {
  return isAppError(error) && error.code !== 'overloaded' && error.code !== 'internal';
}

/** The database that let the transaction fail may refuse this as well; then one try less is left. */
async function giveTryBack(id: string): Promise<void> {
  try {
    await rows.returnTry(id);
  } catch (error) {
    log.warn('a try of a code was not given back', errorFields(error));
  }
}

/** The visitor, before it is known who they are. */
export function visitor({ projectId, requestId, address }: Visit): Actor {
  return { projectId, kind: 'system', id: null, requestId, address };
}

/** Whoever guesses at many addresses from one place is slowed down, too. */
function wrongCodes(visit: Visit) {
  return { name: 'wrong-code-client', key: addressKey(visit.address), max: 30, windowSeconds: 3600 };
}

async function wrongCode(visit: Visit, { id, identityId, purpose }: Verification): Promise<AppError> {
  await count(wrongCodes(visit));
  await transaction((tx) =>
    recordEvent(tx, visitor(visit), {
      type: 'sign_in.refused',
      identityId,
      details: { reason: 'code_wrong', purpose },
    }),
  );
  return new AppError('code_wrong', { triesLeft: Math.max(0, MOST_TRIES - (await rows.countTries(id))) });
}
