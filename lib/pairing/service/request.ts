import { recordEvent } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import { transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { addressKey } from '@/lib/platform/network';
import { randomCode } from '@/lib/platform/secret';
import { toDevice, toStoredUserAgent } from '@/lib/platform/user-agent';
import { acquire, release } from '@/lib/rate-limit/service';

import type { ClientContext } from '@/lib/verification/service';
import { toPairingCode } from '../model';
import * as rows from '../repository';
import { peekPairing, withSession } from './read';
import { hashPairing, pairingToken } from './token';

/** The browser that asks. */
type Requester = { token: string; browserHash: string; userAgent: string };

/**
 * The link's token for a typed code. Refuses: `pairing_code_wrong`, `rate_limited` after 30 wrong codes from one network
 * in an hour.
 */
export async function findTokenByCode(client: ClientContext, typed: string): Promise<string> {
  const code = toPairingCode(typed);
  // Anything else is a slip, not a guess.
  if (code === null) throw new AppError('pairing_code_wrong');
  const key = addressKey(client.address);
  const permit = await acquire({ name: 'wrong-pairing-code', key, max: 30, windowSeconds: 60 * 60 });
  const token = pairingToken(client.projectId, code);
  if (!(await peekPairing(client.projectId, token))) throw new AppError('pairing_code_wrong');
  await release(permit);
  return token;
}

/**
 * Asks, for this browser, to add a passkey. Of several browsers one succeeds; after it, code and link open nothing.
 * Refuses: `pairing_ended`.
 */
export async function requestPairing(
  client: ClientContext,
  { token, browserHash, userAgent }: Requester,
): Promise<void> {
  const { projectId, address } = client;
  const pairing = await rows.findByLink(projectId, hashPairing(token));
  if (!pairing || !(await withSession(pairing))) throw new AppError('pairing_ended');
  // The answer to a repeated submit is the same.
  if (pairing.browserHash === browserHash && pairing.state === 'requested') return;
  const asking = { browserHash, userAgent: toStoredUserAgent(userAgent), address, number: randomNumber() };
  await transaction(async (tx) => {
    const isFirst = await rows.advance(tx, pairing, ['open'], { state: 'requested', ...asking }, new Date());
    if (!isFirst) throw new AppError('pairing_ended');
    const details = { pairing_id: pairing.id, device: toDevice(userAgent) };
    await recordEvent(tx, anonymous(client), { type: 'pairing.requested', identityId: pairing.identityId, details });
  });
}

/** Two digits, to compare on both screens. */
function randomNumber(): number {
  return 10 + (Number(randomCode()) % 90);
}

/** The device that asks has proven nothing. */
export function anonymous({ projectId, requestId, address }: ClientContext): Actor {
  return { projectId, kind: 'system', id: null, requestId, address };
}
