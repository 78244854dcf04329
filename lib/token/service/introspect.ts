import type { ApiCredential } from '@/lib/api-credential/model';
import { type AccessTokenClaims, claimFault, remainingClaims } from '../model';
import { isTrusted } from '../repository';
import { signedClaims } from './signed-claims';
import { retiredAfter } from './signing-keys';

/**
 * The current claims of a token for its authenticated client (RFC 7662 §2.2). Null if the token is invalid, expired,
 * revoked, or another client's: the caller cannot distinguish these (RFC 7662 §2.2).
 */
export async function introspectToken(
  { projectId, origin }: { projectId: string; origin: string },
  credential: ApiCredential,
  token: string,
): Promise<AccessTokenClaims | null> {
  const signed = await signedClaims(projectId, token);
  if (signed?.claims.client_id !== credential.clientId) return null;
  const { claims, kid } = signed;
  if (claimFault(claims, { issuer: origin }, Date.now())) return null;
  if (!(await isTrusted(projectId, { kid, jti: claims.jti }, retiredAfter(new Date())))) return null;
  const remaining = remainingClaims(claims, credential, origin);
  return remaining.aud.length > 0 ? remaining : null;
}
