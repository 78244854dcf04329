import type { Actor } from '@/lib/platform/actor';
import { AppError } from '@/lib/platform/errors';
import { findTexts } from '../dns';
import type { Approval, DomainClaim, Unreviewed } from '../model';
import { challengeRecord, isLoopbackOrigin } from '../model/origin';
import * as rows from '../repository';
import * as claims from '../repository/claims';
import { changeDomains, giveOrigin, requireFreeHostName } from './origins';
import { changeProject } from './update';

/** What a look at the DNS found: the record, another answer or none at that name, or no resolver that answered. */
export type Check = 'proven' | 'absent' | 'unreachable';

/** What waits for proof, in the actor's project. */
export async function listClaims(projectId: string): Promise<DomainClaim[]> {
  return claims.listClaims(projectId);
}

/**
 * Asks the DNS for the record of a claim of the actor's project, and gives the domain to the project when it is there.
 * The first project to prove a domain gets it; other claims do not matter. Refuses: `not_found`, `origin_taken`.
 */
export async function checkClaim(actor: Actor, id: string): Promise<Check> {
  const claim = await getClaim(id);
  if (claim.projectId !== actor.projectId) throw new AppError('not_found');
  const { name, value } = challengeRecord(claim);
  const texts = await findTexts(name);
  if (texts === null) return 'unreachable';
  if (!texts.includes(value)) return 'absent';
  await grant(actor, claim, 'dns');
  return 'proven';
}

/** Refuses: `not_found`. */
export async function withdrawClaim(actor: Actor, id: string): Promise<void> {
  const claim = await getClaim(id);
  if (claim.projectId !== actor.projectId) throw new AppError('not_found');
  await changeDomains(actor, async (tx) => {
    if (!(await claims.deleteClaim(tx, id))) throw new AppError('not_found');
  });
}

/** What an owner of the installation decides on: what waits in any project, and what is older than approvals. */
export async function listForReview(): Promise<{ waiting: DomainClaim[]; unreviewed: Unreviewed[] }> {
  const [waiting, found, first] = await Promise.all([
    claims.listClaims(),
    claims.listUnreviewed(),
    rows.findFirstProject(),
  ]);
  const isAlwaysFine = ({ kind, value }: Unreviewed) =>
    kind === 'origin' && (isLoopbackOrigin(value) || value === first?.origin);
  return { waiting, unreviewed: found.filter((one) => !isAlwaysFine(one)) };
}

/** By an owner of the installation, who need not have a role in the project; the caller proves it. Refuses: `not_found`, `origin_taken`. */
export async function approveClaim(actor: Actor, id: string): Promise<void> {
  const claim = await getClaim(id);
  await grant({ ...actor, projectId: claim.projectId }, claim, 'owner');
}

/** As `approveClaim`. Refuses: `not_found`. */
export async function rejectClaim(actor: Actor, id: string): Promise<void> {
  const { projectId } = await getClaim(id);
  await withdrawClaim({ ...actor, projectId }, id);
}

/** Keeps what is older than approvals. As `approveClaim`. Refuses: `not_found` when it changed meanwhile. */
export async function confirmUnreviewed(actor: Actor, unreviewed: Unreviewed): Promise<void> {
  await changeDomains({ ...actor, projectId: unreviewed.projectId }, async (tx) => {
    if (!(await claims.approveUnreviewed(tx, unreviewed, 'owner'))) throw new AppError('not_found');
  });
}

async function getClaim(id: string): Promise<DomainClaim> {
  const claim = await claims.findClaim(id);
  if (!claim) throw new AppError('not_found');
  return claim;
}

async function grant(actor: Actor, claim: DomainClaim, approval: Approval): Promise<void> {
  const { id, projectId, kind, value } = claim;
  await changeDomains(actor, async (tx, { project }) => {
    if (!(await claims.deleteClaim(tx, id))) throw new AppError('not_found');
    if (kind === 'sender') await changeProject(tx, actor, () => ({ mailFrom: value, mailFromApproval: approval }));
    else {
      await requireFreeHostName(tx, projectId, value);
      await giveOrigin(tx, project, value, approval);
    }
  });
}
