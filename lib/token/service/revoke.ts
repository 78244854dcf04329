import type { ApiCredential } from '@/lib/api-credential/model';
import { recordEvent } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import { transaction } from '@/lib/platform/db/transaction';
import { isUniqueViolation } from '@/lib/platform/db/violations';
import { deleteRevokedTokens, insertRevokedToken } from '../repository';
import { signedClaims } from './signed-claims';

export type Revocation = 'revoked' | 'unknown' | 'foreign';

/**
 * Ends an access token for its client, which has just proven itself: from now on no process accepts it (RFC 7009 §2.1).
 * Again: no change. `unknown`: nothing that could still be used, which is what the client wants (RFC 7009 §2.2).
 * `foreign`: another client's, which stays as it is.
 */
export async function revokeToken(
  { projectId, address, requestId }: { projectId: string; address: string; requestId: string },
  { clientId, name }: ApiCredential,
  token: string,
): Promise<Revocation> {
  const claims = await signedClaims(projectId, token);
  if (!claims) return 'unknown';
  if (claims.client_id !== clientId) return 'foreign';
  const expiresAt = new Date(claims.exp * 1000);
  if (expiresAt <= new Date()) return 'unknown';
  const actor: Actor = { projectId, kind: 'api_credential', id: clientId, requestId, address };
  try {
    await transaction(async (tx) => {
      await insertRevokedToken(tx, projectId, claims.jti, expiresAt);
      const details = { client_id: clientId, name, jti: claims.jti, expires_at: expiresAt.toISOString() };
      await recordEvent(tx, actor, { type: 'access_token.revoked', details });
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
  }
  return 'revoked';
}

/** Longer than the clocks of two processes ever differ: what one of them takes for expired, another may still accept. */
const RETENTION_MILLIS = 60 * 60 * 1000;

/** Forgets revocations of tokens that are over by themselves. Answers how many went. */
export async function purgeRevokedTokens(): Promise<number> {
  return deleteRevokedTokens(new Date(Date.now() - RETENTION_MILLIS));
}
