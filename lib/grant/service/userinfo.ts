import { claimsFrom } from '@/lib/claim/model';
import type { Json } from '@/lib/platform/json';
import { readPersonToken, retiredAfter } from '@/lib/token/service';
import { findPersonOfToken } from '../repository/live-family';

/** `insufficient_scope`: a good token without `openid`. */
export type Userinfo = { sub: string } & Record<string, Json>;

/**
 * The claims about a person that an access token shows (OpenID Connect Core §5.3), as they are now. Null if the token is not
 * good here and now, or was issued for another audience (RFC 9068 §4).
 */
export async function readUserinfo(
  project: { projectId: string; origin: string },
  token: string,
): Promise<Userinfo | 'insufficient_scope' | null> {
  const signed = await readPersonToken(project, token);
  if (!signed?.claims.aud.includes(project.origin)) return null;
  const { claims, kid, familyId } = signed;
  const name = { familyId, kid, jti: claims.jti };
  const person = await findPersonOfToken(project.projectId, name, retiredAfter(new Date()));
  if (person?.identity.id !== claims.sub || person.clientId !== claims.client_id) return null;
  const scopes = claims.scope.split(' ');
  if (!scopes.includes('openid')) return 'insufficient_scope';
  const { identity, groups, rules } = person;
  return { sub: identity.id, ...claimsFrom({ identity, groups, origin: project.origin }, rules, scopes) };
}
