import type { Actor } from '@/lib/platform/actor';
import type { Tx } from '@/lib/platform/db/transaction';
import { env } from '@/lib/platform/env';
import { newId } from '@/lib/platform/ids';
import { randomToken } from '@/lib/platform/secret';
import { readSender, senderDomain } from '@/lib/platform/sender';
import type { Approval, DomainClaim, Project, ProjectOrigin } from '../model';
import { isLoopbackOrigin, rpIdOf } from '../model/origin';
import * as claims from '../repository/claims';

/** Whether the actor is an installation owner, whose request needs no further approval; the edge proves it. */
export type Approver = { isInstallationOwner?: boolean };

/** `undefined`: proof is required first. */
type Decision<Kind> = Kind | null | undefined;

/** The approval for immediate use of an origin. The command line may use any. */
export function approvalOfOrigin(
  actor: Actor,
  origin: string,
  origins: ProjectOrigin[],
  approver: Approver,
): Decision<Approval> {
  if (isLoopbackOrigin(origin)) return 'settings';
  if (isTrusted(actor, approver)) return 'owner';
  return origins.find((one) => rpIdOf(one.origin) === rpIdOf(origin))?.approval;
}

/** The approval for immediate use of a sender. */
export function approvalOfSender(
  actor: Actor,
  sender: string,
  project: Project,
  origins: ProjectOrigin[],
  approver: Approver,
): Decision<Project['mailFromApproval']> {
  if (isTrusted(actor, approver)) return 'owner';
  if (readSender(sender)?.address === readSender(env().mailFrom)?.address) return 'settings';
  const domain = senderDomain(sender);
  if (domain === null) return undefined;
  if (origins.some((one) => rpIdOf(one.origin) === domain)) return 'domain';
  // Permission to send as MAIL_FROM does not extend to other senders on its domain.
  const isOfDomain = project.mailFromApproval !== 'settings' && senderDomain(project.mailFrom ?? '') === domain;
  return isOfDomain ? project.mailFromApproval : undefined;
}

/** A pending claim with its own token; the record of any of the project's claims for this domain proves it. */
export async function insertClaim(
  tx: Tx,
  claim: Pick<DomainClaim, 'projectId' | 'kind' | 'value' | 'domain'>,
): Promise<void> {
  const others = await claims.listClaims(claim.projectId, tx);
  const token = others.find(({ domain }) => domain === claim.domain)?.token ?? randomToken(24);
  await claims.deleteClaims(tx, claim);
  await claims.insertClaim(tx, { id: newId(), ...claim, token, createdAt: new Date() });
}

function isTrusted({ kind }: Actor, { isInstallationOwner = false }: Approver): boolean {
  return isInstallationOwner || kind === 'cli' || kind === 'system';
}
