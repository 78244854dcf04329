import type { AccessTokenClaims } from '@/lib/token/model';
import { readPersonToken, retiredAfter } from '@/lib/token/service';
import { isLiveToken } from '../repository/live-family';

/**
 * The claims of a person's access token that is good here and now (RFC 7662 §2.2). Null if it is not, or `mayKnow` refuses:
 * the caller cannot distinguish these.
 */
export async function introspectPersonToken(
  project: { projectId: string; origin: string },
  token: string,
  mayKnow: (claims: AccessTokenClaims) => boolean,
): Promise<AccessTokenClaims | null> {
  const signed = await readPersonToken(project, token);
  if (!signed || !mayKnow(signed.claims)) return null;
  const { claims, kid, familyId } = signed;
  const isLive = await isLiveToken(project.projectId, { familyId, kid, jti: claims.jti }, retiredAfter(new Date()));
  return isLive ? claims : null;
}
