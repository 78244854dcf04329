import { mailboxOf } from '@/lib/mail/model';
import { AppError, isAppError } from '@/lib/platform/errors';
import { errorFields, log } from '@/lib/platform/log';
import { addressKey } from '@/lib/platform/network';
import type { Permit, RateLimit } from '@/lib/rate-limit/model';
import { acquire, availability, release } from '@/lib/rate-limit/service';
import { MAX_WRONG_CODES_PER_DAY, type PendingCode, toPendingCode, type Verification } from '../model';
import * as rows from '../repository';

/**
 * Wrong codes are counted where a code is compared: a permit is taken before the comparison and returned for a right
 * code, so that concurrent guesses count. Codes available to anyone count for the recipient's mailbox, across clients
 * and purposes. Step-up codes count for their session, so that a stranger who guesses at the address never blocks its
 * owner. If they would prove an address for the first time, they count for that address as well: an account with
 * another person's address can open any number of sessions.
 */
export type GuessTarget = Pick<Verification, 'projectId' | 'purpose' | 'address' | 'sessionId'> & {
  /** For a step-up. */
  identityId?: string | null;
};

const HOUR_SECONDS = 60 * 60;

async function countersOf(target: GuessTarget): Promise<RateLimit[]> {
  const { projectId, purpose, address, sessionId, identityId } = target;
  if (purpose !== 'step_up' || sessionId === null)
    return [perDay('wrong-code-address', `${projectId}\0${mailboxOf(address)}`)];
  const sessionLimit = perDay('wrong-code-session', sessionId);
  const isProven = identityId ? await rows.isVerifiedAddress(projectId, identityId, address) : false;
  return isProven ? [sessionLimit] : [sessionLimit, perDay('wrong-code-unproven', `${projectId}\0${address}`)];
}

function perDay(name: string, key: string): RateLimit {
  return { name, key, max: MAX_WRONG_CODES_PER_DAY, windowSeconds: 24 * HOUR_SECONDS };
}

/** Limits guessing at many addresses from one network. */
export function wrongCodesFrom(clientAddress: string): RateLimit {
  return { name: 'wrong-code-client', key: addressKey(clientAddress), max: 30, windowSeconds: HOUR_SECONDS };
}

/** Limits guessing of recovery codes for one address from one network, so that a stranger elsewhere blocks no one. */
export function wrongRecoveryCodesFor(projectId: string, address: string, clientAddress: string): RateLimit {
  const key = `${projectId}\0${address}\0${addressKey(clientAddress)}`;
  return { name: 'wrong-recovery-code', key, max: 10, windowSeconds: HOUR_SECONDS };
}

/** How many more codes may be compared; if none, `nextAt` is the time of the next one. */
export async function guessAvailability(target: GuessTarget): Promise<{ left: number; nextAt: Date | null }> {
  const all = await Promise.all((await countersOf(target)).map(availability));
  const left = Math.min(...all.map((one) => one.left));
  const ends = all.flatMap((one) => (one.left === left && one.nextAt ? [one.nextAt.getTime()] : []));
  return { left, nextAt: ends.length === 0 ? null : new Date(Math.max(...ends)) };
}

export async function withGuesses(pending: Verification): Promise<PendingCode> {
  return toPendingCode(pending, (await guessAvailability(pending)).left);
}

/**
 * Takes the permits for one comparison. Refuses: `rate_limited` after many wrong codes from one client (not for
 * step-ups), `code_used_or_expired` after ten wrong codes in a day.
 */
export async function permitGuess(clientAddress: string, target: GuessTarget): Promise<Permit[]> {
  const isStepUp = target.purpose === 'step_up';
  const permits = isStepUp ? [] : [await acquire(wrongCodesFrom(clientAddress))];
  try {
    for (const counter of await countersOf(target)) permits.push(await acquire(counter));
    return permits;
  } catch (error) {
    await releaseAll(permits);
    throw isAppError(error) && error.code === 'rate_limited' ? new AppError('code_used_or_expired') : error;
  }
}

/** Returns the permits of a right code. Best effort: if the database fails, one guess is lost. */
export async function releaseAll(permits: Permit[]): Promise<void> {
  for (const permit of permits) {
    await release(permit).catch((error: unknown) => log.warn('guess not refunded', errorFields(error)));
  }
}
