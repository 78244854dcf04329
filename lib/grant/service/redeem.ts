import type { Application } from '@/lib/application/model';
import { recordEvent } from '@/lib/audit/service';
import { transaction } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import { contentHash, isEqualConstantTime, randomToken } from '@/lib/platform/secret';
import type { AuthorizationCode, TokenFamily } from '../model';
import { consumeCode, findCode } from '../repository/code';
import { endFamilyRow, insertFamily } from '../repository/family';
import { findLiveFamily } from '../repository/live-family';
import { actorOf, type TokenClient } from './actor';
import { answerTokens, type IssuedTokens } from './answer-tokens';
import { hashCode, named } from './issue-code';
import { secondsAfter } from './stored-request';

export type Redemption = { code: string; redirectUri: string | undefined; verifier: string | undefined };

/** RFC 7636 §4.1. */
const VERIFIER = /^[\w.~-]{43,128}$/;

/**
 * Redeems a code of an authenticated application (RFC 6749 §4.1.3). A wrong client, redirect URI or verifier leaves the
 * code good for its owner; a second use ends what the first one obtained (RFC 6749 §4.1.2). Null: `invalid_grant`, all
 * alike. One conditional update judges: of concurrent redemptions one wins.
 */
export async function redeemCode(
  client: TokenClient,
  application: Application,
  sent: Redemption,
): Promise<IssuedTokens | null> {
  const { projectId } = client;
  const code = await findCode(projectId, hashCode(sent.code));
  if (code?.applicationId !== application.id) return null;
  if (code.consumedAt !== null) return endReused(client, application, code);
  const now = new Date();
  if (now >= code.expiresAt || sent.redirectUri !== code.redirectUri || !isProven(code.challenge, sent.verifier))
    return null;
  const family = newFamily(application, code, now);
  const outcome = await transaction(async (tx) => {
    if (!(await consumeCode(tx, code, family.id, now))) return 'lost' as const;
    await insertFamily(tx, family);
    // Of an ended session or identity nothing comes. Read here: once committed, a loser ends the family.
    return findLiveFamily(projectId, family.id, tx);
  });
  if (outcome === 'lost') {
    const used = await findCode(projectId, code.hash);
    return used?.consumedAt ? endReused(client, application, used) : null;
  }
  return (
    outcome && answerTokens(client, application, outcome, { scopes: family.scopes, nonce: code.nonce, grant: 'code' })
  );
}

/** Without a challenge, a verifier is refused too: it would hide a downgrade (RFC 9700 §4.8.2). */
function isProven(challenge: string | null, verifier: string | undefined): boolean {
  if (challenge === null) return verifier === undefined;
  if (verifier === undefined || !VERIFIER.test(verifier)) return false;
  return isEqualConstantTime(contentHash(Buffer.from(verifier)), challenge);
}

function newFamily(application: Application, code: AuthorizationCode, now: Date): TokenFamily {
  const { projectId, applicationSessionId, scopes, audiences } = code;
  const isOffline = scopes.includes('offline_access');
  const { accessTokenSeconds, refreshIdleSeconds, refreshLifetimeSeconds } = application;
  return {
    ...{ id: newId(), projectId, applicationSessionId, scopes, audiences, isOffline },
    ...{ generation: 0, salt: randomToken(16), rotatedAt: null, endedAt: null, createdAt: now },
    idleEndsAt: secondsAfter(now, isOffline ? refreshIdleSeconds : accessTokenSeconds),
    endsAt: secondsAfter(now, isOffline ? refreshLifetimeSeconds : accessTokenSeconds),
  };
}

async function endReused(
  client: TokenClient,
  application: Application,
  { familyId, projectId, identityId }: AuthorizationCode & { identityId: string },
): Promise<null> {
  if (familyId === null) return null;
  await transaction(async (tx) => {
    if (!(await endFamilyRow(tx, projectId, familyId, new Date()))) return;
    const details = { ...named(application), family: familyId };
    await recordEvent(tx, actorOf(client), { type: 'authorization_code.reused', identityId, details });
  });
  return null;
}
