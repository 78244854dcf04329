import { stateOf } from '@/lib/api-credential/model';
import { recordCredentialUse } from '@/lib/api-credential/service';
import type { Actor } from '@/lib/platform/actor';
import { adminAudience } from '@/lib/project/model/origin';
import { claimFault, effectiveScopes, type Scope } from '../model';
import { findCredentialOfToken } from '../repository';
import { signedClaims } from './signed-claims';
import { retiredAfter } from './signing-keys';

/**
 * Authenticates an admin API call and returns its actor and effective scopes; null for an invalid token. Checks the
 * signature, then the claims, then the stored credential and the revocations of token and key: a token ends with its
 * credential and never exceeds the credential's current scopes. A database failure throws.
 */
export async function verifyAccessToken(
  context: { projectId: string; origin: string; address: string; requestId: string },
  token: string,
): Promise<{ actor: Actor; scopes: Set<Scope> } | null> {
  const { projectId, origin, address, requestId } = context;
  const signed = await signedClaims(projectId, token);
  if (!signed) return null;
  const { claims, kid } = signed;
  const now = new Date();
  if (claimFault(claims, { issuer: origin, audience: adminAudience(origin) }, now.getTime())) return null;
  const named = { clientId: claims.client_id, jti: claims.jti, kid };
  const credential = await findCredentialOfToken(projectId, named, retiredAfter(now));
  if (!credential || stateOf(credential, now) !== 'active') return null;
  void recordCredentialUse(credential, address);
  const actor: Actor = { projectId, kind: 'api_credential', id: credential.clientId, requestId, address };
  return { actor, scopes: effectiveScopes(claims.scope.split(' '), credential.scopes) };
}
