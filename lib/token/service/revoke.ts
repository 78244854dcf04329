import type { ApiCredential } from '@/lib/api-credential/model';
import { recordEvent } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import { deleteInSteps } from '@/lib/platform/db/delete-in-steps';
import { transaction } from '@/lib/platform/db/transaction';
import { isUniqueViolation } from '@/lib/platform/db/violations';
import type { AccessTokenClaims } from '../model';
import { deleteRevokedTokens, insertRevokedToken } from '../repository';
import { signedClaims } from './signed-claims';

export type Revocation = 'revoked' | 'unknown' | 'foreign';

/**
 * Revokes an access token for its authenticated client: no process accepts it afterwards (RFC 7009 §2.1). Idempotent.
 * `unknown`: invalid or expired, which achieves the client's purpose (RFC 7009 §2.2). `foreign`: another client's
 * token, not revoked.
 */
export async function revokeToken(
  { projectId, address, requestId }: { projectId: string; address: string; requestId: string },
  { clientId, name }: ApiCredential,
  token: string,
): Promise<Revocation> {
  const signed = await signedClaims(projectId, token);
  if (!signed) return 'unknown';
  const { claims } = signed;
  if (claims.client_id !== clientId) return 'foreign';
  if (claims.exp * 1000 <= Date.now()) return 'unknown';
  const actor: Actor = { projectId, kind: 'api_credential', id: clientId, requestId, address };
  await recordTokenRevocation(actor, { claims, name });
  return 'revoked';
}

/** Revokes an access token by its verified claims. Idempotent. `name`: its client's. */
export async function recordTokenRevocation(
  actor: Actor,
  { claims, name }: { claims: AccessTokenClaims; name: string },
): Promise<void> {
  const { jti, exp, client_id } = claims;
  const expiresAt = new Date(exp * 1000);
  try {
    await transaction(async (tx) => {
      await insertRevokedToken(tx, actor.projectId, jti, expiresAt);
      const details = { client_id, name, jti, expires_at: expiresAt.toISOString() };
      await recordEvent(tx, actor, { type: 'access_token.revoked', details });
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
  }
}

/** Exceeds any clock skew between processes: one may still accept a token that another considers expired. */
const RETENTION_MILLIS = 60 * 60 * 1000;

/** Deletes revocations of expired tokens; resolves to the number deleted. */
export async function purgeRevokedTokens(now = new Date(), signal?: AbortSignal): Promise<number> {
  const before = new Date(now.getTime() - RETENTION_MILLIS);
  return deleteInSteps((limit) => deleteRevokedTokens(before, limit), { signal });
}
