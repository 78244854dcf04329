import type { ApiCredential } from '@/lib/api-credential/model';
import { newId } from '@/lib/platform/ids';
import { metrics } from '@/lib/platform/metrics';
import { signToken } from '../jwt';
import { type AccessTokenClaims, accessTokenKeys, LIFETIME_SECONDS, type Scope } from '../model';
import { signingKey } from './signing-keys';

export type IssuedToken = { accessToken: string; expiresInSeconds: number; scopes: readonly Scope[] };

/**
 * Signs an access token for an authenticated credential. The edge has checked `granted`. Valid for an hour, but never
 * longer than the credential; `expiresInSeconds` is the number of whole seconds left at response time, hence 3599.
 * `currentKid` is that of an authenticated client: it saves reading the current key.
 */
export async function issueAccessToken(
  project: { projectId: string; origin: string },
  credential: ApiCredential & { currentKid?: string | null },
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
  const key = await signingKey(accessTokenKeys(project.projectId), credential.currentKid);
  const accessToken = await signToken(claims, { alg: key.algorithm, kid: key.kid }, key.handle);
  metrics().tokens.inc();
  const expiresInSeconds = Math.max(0, Math.ceil((endsAt - Date.now()) / 1000) - 1);
  return { accessToken, expiresInSeconds, scopes: granted.scopes };
}
