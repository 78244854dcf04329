import type { Application } from '@/lib/application/model';
import { mayUse } from '@/lib/application/service';
import { recordEvent } from '@/lib/audit/service';
import { transaction } from '@/lib/platform/db/transaction';
import { REFRESH_LEEWAY_SECONDS, type TokenFamily } from '../model';
import { endFamilyRow, rotateFamily } from '../repository/family';
import { findLiveFamily, type LiveFamily } from '../repository/live-family';
import { actorOf, type TokenClient } from './actor';
import { answerTokens, type IssuedTokens } from './answer-tokens';
import { named } from './issue-code';
import { verifyRefreshToken } from './refresh-token';
import { secondsAfter } from './stored-request';

export type Refresh = { refreshToken: string; scope: string | undefined };

/**
 * Exchanges a refresh token (RFC 6749 §6) and rotates it (RFC 9700 §4.14). The one before it gets the same successor for
 * 10 seconds, because an answer may be lost. An older one was stolen from one of two holders: its family ends. A token
 * that Signet did not issue, or another application's, ends nothing. `scope` may narrow the access token.
 */
export async function refreshTokens(
  client: TokenClient,
  application: Application,
  { refreshToken, scope }: Refresh,
): Promise<IssuedTokens | 'invalid_grant' | 'invalid_scope'> {
  const genuine = await verifyRefreshToken(client.projectId, refreshToken);
  if (!genuine) return 'invalid_grant';
  const live = await findLiveFamily(client.projectId, genuine.familyId);
  if (live?.application.id !== application.id) return 'invalid_grant';
  const scopes = narrowed(live.family.scopes, scope);
  if (!scopes) return 'invalid_scope';
  // A person who was removed from the group gets no new tokens.
  if (!(await mayUse(application, live.identity.id))) return 'invalid_grant';
  const family = await rotate(client, application, live, genuine.generation);
  if (!family) return 'invalid_grant';
  return answerTokens(client, application, { ...live, family }, { scopes, nonce: null, grant: 'refresh' });
}

/** RFC 6749 §6: at most what was granted. Null for more. */
function narrowed(granted: readonly string[], asked: string | undefined): string[] | null {
  if (asked === undefined) return [...granted];
  const words = new Set(asked.split(' ').filter(Boolean));
  return words.size > 0 && [...words].every((word) => granted.includes(word))
    ? granted.filter((scope) => words.has(scope))
    : null;
}

/** The family in the generation whose token answers, or null. */
async function rotate(
  client: TokenClient,
  application: Application,
  live: LiveFamily,
  presented: number,
): Promise<TokenFamily | null> {
  const { family } = live;
  const now = new Date();
  if (presented === family.generation) {
    const idleEndsAt = secondsAfter(now, application.refreshIdleSeconds);
    if (await transaction((tx) => rotateFamily(tx, family, { now, idleEndsAt })))
      return { ...family, generation: presented + 1 };
    // Lost a race: the winner's successor is ours too.
    const again = await findLiveFamily(client.projectId, family.id);
    return again && again.family.generation > presented ? successor(client, application, again, presented) : null;
  }
  return successor(client, application, live, presented);
}

async function successor(
  client: TokenClient,
  application: Application,
  { family, identity }: LiveFamily,
  presented: number,
): Promise<TokenFamily | null> {
  const { generation, rotatedAt } = family;
  const isPrevious = presented === generation - 1 && rotatedAt !== null;
  if (isPrevious && new Date() < secondsAfter(rotatedAt, REFRESH_LEEWAY_SECONDS)) return family;
  await transaction(async (tx) => {
    if (!(await endFamilyRow(tx, client.projectId, family.id, new Date()))) return;
    const details = { ...named(application), family: family.id };
    await recordEvent(tx, actorOf(client), { type: 'refresh_token.reused', identityId: identity.id, details });
  });
  return null;
}
