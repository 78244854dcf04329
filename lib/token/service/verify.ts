import { stateOf } from '@/lib/api-credential/model';
import { recordCredentialUse } from '@/lib/api-credential/service';
import type { Actor } from '@/lib/platform/actor';
import { adminAudience } from '@/lib/project/model/origin';
import { claimFault, effectiveScopes, type Scope } from '../model';
import { findCredentialOfToken } from '../repository';
import { signedClaims } from './signed-claims';

/**
 * Authenticates an admin API call and returns its actor and effective scopes; null for an invalid token. Checks the
 * signature, then the claims, then the stored credential and token revocations: a token ends with its credential and
 * never exceeds the credential's current scopes. A database failure throws.
 */
export async function verifyAccessToken(
  context: { projectId: string; origin: string; address: string; requestId: string },
  token: string,
): Promise<{ actor: Actor; scopes: Set<Scope> } | null> {
  const { projectId, origin, address, requestId } = context;
  const claims = await signedClaims(projectId, token);
  if (!claims || claimFault(claims, { issuer: origin, audience: adminAudience(origin) }, Date.now())) return null;
  const credential = await findCredentialOfToken(projectId, claims);
  if (!credential || stateOf(credential, new Date()) !== 'active') return null;
  void recordCredentialUse(credential, address);
  const actor: Actor = { projectId, kind: 'api_credential', id: credential.clientId, requestId, address };
  return { actor, scopes: effectiveScopes(claims.scope.split(' '), credential.scopes) };
}
