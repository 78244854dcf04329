import { newId } from '@/lib/platform/ids';
import { metrics } from '@/lib/platform/metrics';
import { adminAudience } from '@/lib/project/model/origin';
import { accessTokenHash, signToken } from '../jwt';
import { type AccessTokenClaims, accessTokenKeys, type PersonGrant } from '../model';
import { signIdToken } from './sign-id-token';
import { signingKey } from './signing-keys';

/** `idToken` is null without the scope `openid`. */
export type SignedTokens = { accessToken: string; idToken: string | null; expiresInSeconds: number };

/**
 * Signs the tokens of a person for an application: an access token (RFC 9068), and an ID token (OpenID Connect Core §2)
 * with the claims in `grant.claims`. The caller has checked scopes and audiences. Call outside transactions.
 */
export async function signTokens(
  project: { projectId: string; origin: string },
  grant: PersonGrant,
): Promise<SignedTokens> {
  const { application, applicationSession, family, scopes } = grant;
  const audiences = family.audiences.length > 0 ? [...family.audiences] : [project.origin];
  // An application never acts as an API credential, even if its list says so.
  if (audiences.includes(adminAudience(project.origin))) throw new Error('An application has the admin audience');
  const issuedAt = Math.floor(Date.now() / 1000);
  const claims: AccessTokenClaims = {
    iss: project.origin,
    sub: applicationSession.identityId,
    aud: audiences,
    exp: issuedAt + application.accessTokenSeconds,
    iat: issuedAt,
    nbf: issuedAt,
    jti: `${family.id}.${newId()}`,
    client_id: application.clientId,
    scope: scopes.join(' '),
    sid: applicationSession.id,
  };
  const key = await signingKey(accessTokenKeys(project.projectId));
  const accessToken = await signToken(claims, { alg: key.algorithm, kid: key.kid }, key.handle);
  metrics().tokens.inc();
  const atHash = accessTokenHash(accessToken);
  const idToken = scopes.includes('openid') ? await signIdToken(project, { ...grant, issuedAt, atHash }) : null;
  return { accessToken, idToken, expiresInSeconds: application.accessTokenSeconds };
}
