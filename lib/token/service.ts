import { type ApiCredential, stateOf } from '@/lib/api-credential/model';
import { findApiCredential, rememberUse } from '@/lib/api-credential/service';
import type { Actor } from '@/lib/platform/actor';
import { newId } from '@/lib/platform/ids';
import { metrics } from '@/lib/platform/metrics';
import { adminAudience } from '@/lib/project/model';
import { signToken } from './jwt';
import { type AccessTokenClaims, claimFault, effectiveScopes, LIFETIME_SECONDS, type Scope } from './model';
import { isRevoked } from './repository';
import { signedClaims } from './service/signed-claims';
import { signingKey } from './service/signing-keys';

export { introspectToken } from './service/introspect';
export { purgeRevokedTokens, type Revocation, revokeToken } from './service/revoke';
export { revokeSigningKey } from './service/revoke-key';
export { rotateDueKeys, rotateSigningKey, setSigningAlgorithm } from './service/rotate';
export { areKeysReadable, countUnreadableKeys, publishedKeys } from './service/signing-keys';

export type IssuedToken = { accessToken: string; expiresInSeconds: number; scopes: readonly Scope[] };

/**
 * Signs an access token for a credential that was just authenticated. Whether it may have these scopes and audiences was
 * checked by the edge. Valid for an hour, but never longer than the credential; `expiresInSeconds` is the number of whole
 * seconds left when the answer is made, hence 3599.
 */
export async function issueAccessToken(
  project: { projectId: string; origin: string },
  credential: ApiCredential,
  granted: { scopes: readonly Scope[]; audiences: string[] },
): Promise<IssuedToken> {
  const checkedAt = Date.now();
  const endsAt = Math.min(
    checkedAt + LIFETIME_SECONDS * 1000,
    credential.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY,
  );
  const issuedAt = Math.floor(checkedAt / 1000);
  const claims: AccessTokenClaims = {
    iss: project.origin,
    sub: credential.clientId,
    aud: granted.audiences,
    exp: Math.floor(endsAt / 1000),
    iat: issuedAt,
    nbf: issuedAt,
    jti: newId(),
    client_id: credential.clientId,
    scope: granted.scopes.join(' '),
  };
  const key = await signingKey(project.projectId);
  const accessToken = await signToken(claims, { alg: key.algorithm, kid: key.kid }, key.handle);
  metrics().tokens.inc();
  const expiresInSeconds = Math.max(0, Math.ceil((endsAt - Date.now()) / 1000) - 1);
  return { accessToken, expiresInSeconds, scopes: granted.scopes };
}

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
