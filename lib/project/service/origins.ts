import { recordEvent } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { isSameJson, type Json } from '@/lib/platform/json';
import { senderDomain } from '@/lib/platform/sender';
import type { Approval, DomainClaim, Project, ProjectOrigin } from '../model';
import { isBeingDeleted, isWithoutDomain, rpIdOf } from '../model/origin';
import * as rows from '../repository';
import { deleteClaims, listClaims } from '../repository/claims';
import { countPasskeys } from '../repository/contents';
import { type Approver, approvalOfOrigin, insertClaim } from './approval';
import { changeProject } from './update';
import { requireOrigin } from './validate-settings';

const MAX_ORIGINS = 20;

/**
 * Adds an origin to the actor's project: it serves programs, and its pages redirect to the primary one. The caller's
 * request needs no approval. Refuses: `not_found`, `invalid_input`, `origin_taken`.
 */
export async function addOrigin(actor: Actor, text: string): Promise<ProjectOrigin> {
  const added = await requestOrigin(actor, text, { isInstallationOwner: true });
  if (!added) throw new Error('An approved domain was not added');
  return added;
}

/** As `addOrigin`; but an unapproved domain stays pending, and the result is null. */
export async function requestOrigin(actor: Actor, text: string, approver: Approver): Promise<ProjectOrigin | null> {
  const origin = requireOrigin(text);
  const { projectId } = actor;
  return changeDomains(actor, async (tx, { origins, claims, project }) => {
    if (origins.length + claims.length >= MAX_ORIGINS) throw new AppError('invalid_input', { violations: [TOO_MANY] });
    await requireFreeHostName(tx, projectId, origin);
    const approval = approvalOfOrigin(actor, origin, origins, approver);
    if (approval !== undefined) {
      await deleteClaims(tx, { projectId, kind: 'origin', value: origin });
      return assignOrigin(tx, project, origin, approval);
    }
    await insertClaim(tx, { projectId, kind: 'origin', value: origin, domain: rpIdOf(origin) });
    return null;
  });
}

/** A project's first origin becomes its primary one. */
export async function assignOrigin(
  tx: Tx,
  project: Project,
  origin: string,
  approval: Approval | null,
): Promise<ProjectOrigin> {
  const given = { id: newId(), origin, isPrimary: isWithoutDomain(project), approval, createdAt: new Date() };
  if (given.isPrimary) await rows.deleteOrigins(tx, project.id);
  await rows.insertOrigin(tx, project.id, given);
  return given;
}

/** Refuses: `not_found`, `invalid_input` for the primary one. */
export async function removeOrigin(actor: Actor, id: string): Promise<void> {
  await changeDomains(actor, async (tx, { origins, project }) => {
    if (find(origins, id).isPrimary)
      throw new AppError('invalid_input', { reason: 'The primary domain cannot be removed' });
    await rows.deleteOrigin(tx, actor.projectId, id);
    // A sender approved by its domain is removed with the last origin on that domain.
    const names = origins.filter((one) => one.id !== id).map(({ origin }) => rpIdOf(origin));
    const { mailFrom, mailFromApproval } = project;
    if (mailFrom !== null && mailFromApproval === 'domain' && !names.includes(senderDomain(mailFrom) ?? ''))
      await changeProject(tx, actor, () => ({ mailFrom: null, mailFromApproval: null }));
  });
}

/**
 * Makes another of the project's origins the source of links, issuer and RP ID. Passkeys are bound to a host name:
 * those of the old one no longer work, its tokens have the wrong issuer, and people must sign in again.
 * Refuses: `not_found`, `default_project_protected` (the first project's origin follows SIGNET_ORIGIN).
 */
export async function makePrimaryOrigin(actor: Actor, id: string): Promise<void> {
  await changeDomains(actor, async (tx, { origins }) => {
    const { isPrimary } = find(origins, id);
    if ((await rows.findFirstProject(tx))?.id === actor.projectId) throw new AppError('default_project_protected');
    if (!isPrimary) await rows.setPrimaryOrigin(tx, actor.projectId, id);
  });
}

/** The number of passkeys by the host name they are bound to. */
export async function countLivePasskeys(projectId: string, origin: string): Promise<number> {
  return countPasskeys(projectId, rpIdOf(origin));
}

/** A host name belongs to one project on all ports: RP ID and cookies ignore ports. Refuses: `origin_taken`. */
export async function requireFreeHostName(tx: Tx, projectId: string, origin: string): Promise<void> {
  const first = await rows.findFirstProject(tx);
  if (first) await rows.lockProject(tx, first.id); // serializes concurrent requests for one name
  if (await rows.findHolderOfHostName(tx, projectId, rpIdOf(origin))) throw new AppError('origin_taken');
}

const TOO_MANY = {
  pointer: '/origin',
  message: `a project can have at most ${MAX_ORIGINS} domains`,
  keyword: 'maxItems',
};

type Domains = { project: Project; origins: ProjectOrigin[]; claims: DomainClaim[] };

/** One change with its event, which lists the origins before and after, primary first. Refuses: `not_found`. */
export async function changeDomains<T>(actor: Actor, work: (tx: Tx, before: Domains) => Promise<T>): Promise<T> {
  return transaction(async (tx) => {
    const exists = await rows.lockProject(tx, actor.projectId);
    const before = exists ? await readDomains(tx, actor.projectId) : null;
    if (!before || isBeingDeleted(before.project)) throw new AppError('not_found');
    const result = await work(tx, before);
    const after = await readDomains(tx, actor.projectId);
    const changes = differences(before, after ?? before);
    if (Object.keys(changes).length > 0) {
      const { name } = before.project;
      await recordEvent(tx, actor, { type: 'project.updated', details: { name, changes } });
    }
    return result;
  });
}

async function readDomains(tx: Tx, id: string): Promise<Domains | null> {
  const project = await rows.findProject(id, tx);
  return project && { project, origins: await rows.listOrigins(id, tx), claims: await listClaims(id, tx) };
}

function differences(before: Domains, after: Domains): Record<string, { before: Json; after: Json }> {
  const recorded: Record<string, (domains: Domains) => Json> = {
    '/origin': ({ origins }) => origins.find(({ isPrimary }) => isPrimary)?.origin ?? null,
    '/origins': ({ origins }) => origins.map(({ origin }) => origin).sort(),
    '/waiting': ({ claims }) => claims.map(({ value }) => value).sort(),
  };
  const differing = (at: string) => {
    const [was, is] = [recorded[at]?.(before) ?? null, recorded[at]?.(after) ?? null];
    return isSameJson(was, is) ? [] : [[at, { before: was, after: is }] as const];
  };
  const changes = Object.keys(recorded).flatMap(differing);
  if (changes.length > 0) return Object.fromEntries(changes);
  const [was, is] = [approvalsOf(before), approvalsOf(after)];
  return isSameJson(was, is) ? {} : { '/approvals': { before: was, after: is } };
}

function approvalsOf({ origins, project: { mailFrom, mailFromApproval } }: Domains): Json {
  const approvals = origins.map(({ origin, approval }): [string, string | null] => [origin, approval]);
  return Object.fromEntries(mailFrom === null ? approvals : [...approvals, [mailFrom, mailFromApproval]]);
}

function find(origins: ProjectOrigin[], id: string): ProjectOrigin {
  const found = origins.find((origin) => origin.id === id);
  if (!found) throw new AppError('not_found');
  return found;
}
