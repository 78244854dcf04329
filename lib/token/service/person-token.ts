import { type AccessTokenClaims, familyIdOf, personClaimFault } from '../model';
import { signedClaims } from './signed-claims';

/** An access token of a person, by its signature and claims alone. */
export type PersonToken = { claims: AccessTokenClaims; kid: string; familyId: string };

/**
 * The claims of an access token that was issued to an application for a person, or null. The caller checks that its
 * family is live and that neither token nor key are revoked.
 */
export async function readPersonToken(
  { projectId, origin }: { projectId: string; origin: string },
  token: string,
): Promise<PersonToken | null> {
  const signed = await signedClaims(projectId, token);
  if (!signed) return null;
  const { claims, kid } = signed;
  const familyId = familyIdOf(claims);
  if (familyId === null || personClaimFault(claims, { issuer: origin }, Date.now())) return null;
  return { claims, kid, familyId };
}
