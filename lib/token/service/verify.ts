import { stateOf } from '@/lib/api-credential/model';
import { findApiCredential, rememberUse } from '@/lib/api-credential/service';
import type { Actor } from '@/lib/platform/actor';
import { adminAudience } from '@/lib/project/model/origin';
import { claimFault, effectiveScopes, type Scope } from '../model';
import { isRevoked } from '../repository';
import { signedClaims } from './signed-claims';

/**
 * Who calls the admin API, and what they may do at this moment; null for a token that is not good here and now. Signature
 * first, then the claims, then the credential as it stands in the database and whether the token was revoked: a token ends
 * with its credential, and never does more than the credential may now. A database failure throws.
 */
export async function verifyAccessToken(
  context: { projectId: string; origin: string; address: string; requestId: string },
  token: string,
): Promise<{ actor: Actor; scopes: Set<Scope> } | null> {
  const { projectId, origin, address, requestId } = context;
  const claims = await signedClaims(projectId, token);
  if (!claims || claimFault(claims, { issuer: origin, audience: adminAudience(origin) }, Date.now())) return null;
  const [credential, wasRevoked] = await Promise.all([
    findApiCredential(projectId, claims.client_id),
    isRevoked(projectId, claims.jti),
  ]);
  if (!credential || wasRevoked || stateOf(credential, new Date()) !== 'active') return null;
  void rememberUse(credential, address);
  const actor: Actor = { projectId, kind: 'api_credential', id: credential.clientId, requestId, address };
  return { actor, scopes: effectiveScopes(claims.scope.split(' '), credential.scopes) };
}
