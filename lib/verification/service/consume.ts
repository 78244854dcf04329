import { recordEvent } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import { transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { isEqualConstantTime } from '@/lib/platform/secret';
import { addressKey } from '@/lib/rate-limit/model';
import { count, peek } from '@/lib/rate-limit/service';
import { MOST_TRIES, toCode, type Verification } from '../model';
import * as rows from '../repository';
import { hashCode, hashLink, type Visit } from './issue';

/**
 * Uses a code up, in a commit of its own, before anything is done for it. A try is taken before the code is compared.
 * Refuses: `code_spent` (nothing pending in this browser, expired, used, out of tries), `code_wrong` with `triesLeft`,
 * `rate_limited` after many wrong codes from one client.
 */
export async function consumeCode(
  visit: Visit,
  holder: Omit<rows.Holder, 'browserHash'> & { browserHash: string | null },
  typed: string,
): Promise<Verification> {
  const { browserHash } = holder;
  const now = new Date();
  const pending = browserHash ? await rows.findPending({ ...holder, browserHash }, now) : null;
  if (!pending?.codeHash || pending.wrongTries >= MOST_TRIES) throw new AppError('code_spent');
  const code = toCode(typed);
  // What is not even six digits is a slip, not a guess.
  if (code === null) throw new AppError('code_wrong', { triesLeft: MOST_TRIES - pending.wrongTries });
  await peek(wrongCodes(visit));
  if (!(await rows.reserveTry(pending.id, MOST_TRIES, now))) throw new AppError('code_spent');
  if (!isEqualConstantTime(pending.codeHash, hashCode(pending.id, code))) throw await wrongCode(visit, pending);
  if (!(await rows.consume(pending.id, 'code', now))) throw new AppError('code_spent');
  return pending;
}

/** Uses a link up, in a commit of its own. Wrong codes do not end it. Refuses: `link_spent`. */
export async function consumeLink(visit: Visit, token: string): Promise<Verification> {
  const now = new Date();
  const pending = await rows.findPendingByLink(visit.projectId, hashLink(token), now);
  if (pending?.purpose !== 'sign_in' || !(await rows.consume(pending.id, 'link', now)))
    throw new AppError('link_spent');
  return pending;
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
