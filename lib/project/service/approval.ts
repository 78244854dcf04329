import type { Actor } from '@/lib/platform/actor';
import type { Tx } from '@/lib/platform/db/transaction';
import { env } from '@/lib/platform/env';
import { newId } from '@/lib/platform/ids';
import { randomToken } from '@/lib/platform/secret';
import { readSender, senderDomain } from '@/lib/platform/sender';
import type { Approval, DomainClaim, Project, ProjectOrigin } from '../model';
import { isLoopbackOrigin, rpIdOf } from '../model/origin';
import * as claims from '../repository/claims';

/** Whether who acts is an owner of the installation, whose word is approval enough; the edge proves it. */
export type Approver = { isInstallationOwner?: boolean };

/** `undefined`: it has to be proven first. */
type Ruling<Kind> = Kind | null | undefined;

/** Why the project may use an origin at once. The machine's own command line may do anything. */
export function approvalOfOrigin(
  actor: Actor,
  origin: string,
  held: ProjectOrigin[],
  approver: Approver,
): Ruling<Approval> {
  if (isLoopbackOrigin(origin)) return 'settings';
  if (isTrusted(actor, approver)) return 'owner';
  return held.find((one) => rpIdOf(one.origin) === rpIdOf(origin))?.approval;
}

/** Why the project may send as `sender` at once. */
export function approvalOfSender(
  actor: Actor,
  sender: string,
  project: Project,
  held: ProjectOrigin[],
  approver: Approver,
): Ruling<Project['mailFromApproval']> {
  if (isTrusted(actor, approver)) return 'owner';
  if (readSender(sender)?.address === readSender(env().mailFrom)?.address) return 'settings';
  const domain = senderDomain(sender);
  if (domain === null) return undefined;
  if (held.some((one) => rpIdOf(one.origin) === domain)) return 'domain';
  // Permission to send as MAIL_FROM is no permission for other senders on its domain.
  const isOfDomain = project.mailFromApproval !== 'settings' && senderDomain(project.mailFrom ?? '') === domain;
  return isOfDomain ? project.mailFromApproval : undefined;
}

/** What waits, with a token of its own; the record of another claim of the project for this domain proves this one too. */
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
