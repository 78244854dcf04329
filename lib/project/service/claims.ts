import type { Actor } from '@/lib/platform/actor';
import { AppError } from '@/lib/platform/errors';
import { findTexts } from '../dns';
import type { Approval, DomainClaim, Unreviewed } from '../model';
import { challengeRecord, isLoopbackOrigin } from '../model/origin';
import * as rows from '../repository';
import * as claims from '../repository/claims';
import { assignOrigin, changeDomains, requireFreeHostName } from './origins';
import { changeProject } from './update';

/** Result of a DNS check: the record, another or no record, or no answer from a resolver. */
export type Check = 'proven' | 'absent' | 'unreachable';

/** Pending claims of the actor's project. */
export async function listClaims(projectId: string): Promise<DomainClaim[]> {
  return claims.listClaims(projectId);
}

/**
 * Checks the DNS record of a claim of the actor's project, and assigns the domain to the project if it exists.
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

/** Work of an installation owner: pending claims of all projects, and uses older than approvals. */
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

/**
 * For an installation owner, who needs no role in the project; the caller proves it. Refuses: `not_found`,
 * `origin_taken`.
 */
export async function approveClaim(actor: Actor, id: string): Promise<void> {
  const claim = await getClaim(id);
  await grant({ ...actor, projectId: claim.projectId }, claim, 'owner');
}

/** As `approveClaim`. Refuses: `not_found`. */
export async function rejectClaim(actor: Actor, id: string): Promise<void> {
  const { projectId } = await getClaim(id);
  await withdrawClaim({ ...actor, projectId }, id);
}

/** Approves a use older than approvals. As `approveClaim`. Refuses: `not_found` after a concurrent change. */
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
      await assignOrigin(tx, project, value, approval);
    }
  });
}
