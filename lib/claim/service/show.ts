import { groupsOf } from '@/lib/group/service';
import type { Identity } from '@/lib/identity/model';
import type { Tx } from '@/lib/platform/db/transaction';
import type { Json } from '@/lib/platform/json';
import { type ClaimSubject, claimsFrom, needsGroups, type ShownClaim, shownClaims } from '../model';
import { findClaimRules } from '../repository';

type ProjectOrigin = { projectId: string; origin: string };

/** The claims about a person that these scopes show, as members of an ID token or of the userinfo response. */
export async function claimsOf(
  project: ProjectOrigin,
  identity: Identity,
  scopes: readonly string[],
  tx?: Tx,
): Promise<Record<string, Json>> {
  const { subject, rules } = await read(project, identity, scopes, tx);
  return claimsFrom(subject, rules, scopes);
}

/** The same in the order of the table and with their scopes: what an application learns about a person. */
export async function describeClaims(
  project: ProjectOrigin,
  identity: Identity,
  scopes: readonly string[],
): Promise<ShownClaim[]> {
  const { subject, rules } = await read(project, identity, scopes);
  return shownClaims(subject, rules, scopes);
}

async function read({ projectId, origin }: ProjectOrigin, identity: Identity, scopes: readonly string[], tx?: Tx) {
  const rules = await findClaimRules(projectId, tx);
  const groups = needsGroups(rules, scopes) ? await groupsOf(projectId, identity.id, tx) : [];
  const subject: ClaimSubject = { identity, groups, origin };
  return { subject, rules };
}
