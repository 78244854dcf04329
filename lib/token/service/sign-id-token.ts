import { newId } from '@/lib/platform/ids';
import { signToken, type TokenType } from '../jwt';
import {
  authenticationClaims,
  ID_TOKEN_SECONDS,
  idTokenKeys,
  LOGOUT_EVENT,
  LOGOUT_TOKEN_SECONDS,
  type PersonGrant,
} from '../model';
import { signingKey } from './signing-keys';

type Issuer = { projectId: string; origin: string };

/**
 * An ID token (OpenID Connect Core §2). `claims` about the person never replace those about the token, absent
 * ones included. `issuedAt` is in seconds since 1970.
 */
export async function signIdToken(
  project: Issuer,
  grant: Omit<PersonGrant, 'family' | 'scopes'> & { issuedAt: number; atHash: string },
): Promise<string> {
  const { application, applicationSession, nonce, claims, issuedAt, atHash } = grant;
  return sign(project, 'JWT', {
    ...claims,
    iss: project.origin,
    sub: applicationSession.identityId,
    aud: application.clientId,
    exp: issuedAt + ID_TOKEN_SECONDS,
    iat: issuedAt,
    ...authenticationClaims(applicationSession),
    nonce: nonce ?? undefined,
    sid: applicationSession.id,
    at_hash: atHash,
  });
}

/** A logout token (Back-Channel Logout §2.4) for the relying party `clientId`. */
export async function signLogoutToken(
  project: Issuer,
  { clientId, sub, sid }: { clientId: string; sub: string; sid: string },
): Promise<string> {
  const issuedAt = Math.floor(Date.now() / 1000);
  return sign(project, 'logout+jwt', {
    iss: project.origin,
    sub,
    aud: clientId,
    iat: issuedAt,
    exp: issuedAt + LOGOUT_TOKEN_SECONDS,
    jti: newId(),
    sid,
    events: { [LOGOUT_EVENT]: {} },
  });
}

async function sign({ projectId }: Issuer, typ: TokenType, claims: object): Promise<string> {
  const { kid, algorithm, handle } = await signingKey(idTokenKeys(projectId));
  return signToken(claims, { alg: algorithm, kid, typ }, handle);
}
