import type { ApiCredential } from '@/lib/api-credential/model';
import { type AccessTokenClaims, claimFault, remainingClaims } from '../model';
import { isRevoked } from '../repository';
import { signedClaims } from './signed-claims';

/**
 * What a token of this credential says and may at this moment (RFC 7662 §2.2), for the credential that has just proven
 * itself. Null for one that is expired, revoked, another client's, or no token at all: nobody is told which (RFC 7662 §2.2).
 */
export async function introspectToken(
  { projectId, origin }: { projectId: string; origin: string },
  credential: ApiCredential,
  token: string,
): Promise<AccessTokenClaims | null> {
  const claims = await signedClaims(projectId, token);
  if (!claims || claims.client_id !== credential.clientId) return null;
  if (claimFault(claims, { issuer: origin }, Date.now()) || (await isRevoked(projectId, claims.jti))) return null;
  const remaining = remainingClaims(claims, credential, origin);
  return remaining.aud.length > 0 ? remaining : null;
}
