import { idTokenHintClaims } from '../contract';
import { readKid, verifySignature } from '../jwt';
import { hintKey } from './signing-keys';

export type IdTokenHint = { sub: string; aud: string; sid: string | null };

const MAX_LENGTH = 16 * 1024;

/**
 * Whom and which application an `id_token_hint` names, or null if the project did not sign it, or its key is revoked. It may
 * have expired (RP-Initiated Logout §2, OpenID Connect Core §3.1.2.1).
 */
export async function readIdTokenHint(
  { projectId, origin }: { projectId: string; origin: string },
  token: string,
): Promise<IdTokenHint | null> {
  if (token.length > MAX_LENGTH) return null;
  const kid = readKid(token, 'JWT');
  const key = kid === null ? null : await hintKey(projectId, kid);
  if (!key) return null;
  const claims = idTokenHintClaims.safeParse(await verifySignature(token, key.handle, key.algorithm));
  if (!claims.success || claims.data.iss !== origin) return null;
  const { sub, aud, sid = null } = claims.data;
  return { sub, aud, sid };
}
