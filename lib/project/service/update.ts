import { diffJson } from '@/lib/audit/model';
import { recordEvent } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import { ConcurrentUpdateError, type Tx, transaction } from '@/lib/platform/db/transaction';
import { type Edit, mergeEdit } from '@/lib/platform/edit';
import { AppError } from '@/lib/platform/errors';
import type { JsonObject } from '@/lib/platform/json';
import { senderDomain } from '@/lib/platform/sender';
import type { Project } from '../model';
import { isBeingDeleted } from '../model/origin';
import * as rows from '../repository';
import { deleteClaims, listClaims } from '../repository/claims';
import { type Approver, approvalOfSender, insertClaim } from './approval';
import { laterThan } from './organization';
import { type ProjectSettings, requireUsable } from './validate-settings';

/**
 * Changes settings of the actor's project. Session times apply at once: they are compared on every session read. A
 * sender on an unapproved domain stays pending, and the current one is kept.
 * Refuses: `not_found`, `version_conflict` with `conflicts`, `invalid_input`, `slug_taken`.
 */
export async function updateProject(
  actor: Actor,
  edit: Edit<ProjectSettings>,
  approver: Approver = {},
): Promise<Project> {
  const { projectId } = actor;
  return transaction(async (tx) => {
    const origins = await rows.listOrigins(projectId, tx);
    let waiting: string | null = null;
    const project = await changeProject(tx, actor, (before) => {
      const wanted = mergeEdit(settingsOf(before), edit);
      const { slug, ...rest } = { ...wanted, name: wanted.name.trim(), mailFrom: wanted.mailFrom?.trim() || null };
      requireUsable({ ...changedOf(before, rest), ...(slug !== before.slug && { slug }) });
      const { mailFrom } = rest;
      if (mailFrom === before.mailFrom) return { slug, ...rest };
      const mailFromApproval = mailFrom === null ? null : approvalOfSender(actor, mailFrom, before, origins, approver);
      if (mailFromApproval !== undefined) return { slug, ...rest, mailFromApproval };
      waiting = mailFrom;
      return { slug, ...rest, mailFrom: before.mailFrom };
    });
    if (waiting !== null) await claimSender(tx, actor, project, waiting);
    return project;
  });
}

/** Replaces an earlier pending sender. */
async function claimSender(tx: Tx, actor: Actor, { id: projectId, name }: Project, sender: string): Promise<void> {
  const before = (await listClaims(projectId, tx)).find(({ kind }) => kind === 'sender');
  if (before?.value === sender) return;
  await deleteClaims(tx, { projectId, kind: 'sender' });
  await insertClaim(tx, { projectId, kind: 'sender', value: sender, domain: senderDomain(sender) ?? '' });
  const changes = { '/waiting': { before: before ? [before.value] : [], after: [sender] } };
  await recordEvent(tx, actor, { type: 'project.updated', details: { name, changes } });
}

/** One conditional write with its event. On a concurrent update, `change` is re-run on the new state. */
export async function changeProject(
  tx: Tx,
  actor: Actor,
  change: (before: Project) => Partial<Project>,
): Promise<Project> {
  const before = await rows.findProject(actor.projectId, tx);
  if (!before || isBeingDeleted(before)) throw new AppError('not_found');
  const after = { ...before, ...change(before), updatedAt: laterThan(before.updatedAt) };
  const changes = diffJson(visibleSettings(before), visibleSettings(after));
  if (Object.keys(changes).length === 0) return before;
  if (!(await rows.updateProjectRow(tx, before, after))) throw new ConcurrentUpdateError();
  await recordEvent(tx, actor, { type: 'project.updated', details: { name: after.name, changes } });
  return after;
}

/** Settings as events show them. */
export function visibleSettings(project: Project): JsonObject {
  return {
    name: project.name,
    slug: project.slug,
    registration: project.registration,
    session_idle_seconds: project.sessionIdleSeconds,
    session_lifetime_seconds: project.sessionLifetimeSeconds,
    accent_color: project.accentColor,
    logo: project.logoHash,
    mail_from: project.mailFrom,
    signing_algorithm: project.signingAlgorithm,
    audit_retention_days: project.auditRetentionDays,
    recovery_codes: project.recoveryCodes,
    deletion_grace_days: project.deletionGraceDays,
    recycle_bin_days: project.recycleBinDays,
  };
}

/** The editable settings. */
export function settingsOf(project: Project): ProjectSettings {
  const {
    name,
    slug,
    registration,
    sessionIdleSeconds,
    sessionLifetimeSeconds,
    accentColor,
    mailFrom,
    auditRetentionDays,
    recoveryCodes,
    deletionGraceDays,
    recycleBinDays,
  } = project;
  return {
    name,
    slug,
    registration,
    sessionIdleSeconds,
    sessionLifetimeSeconds,
    accentColor,
    mailFrom,
    auditRetentionDays,
    recoveryCodes,
    deletionGraceDays,
    recycleBinDays,
  };
}

/** An older version may have accepted a name or sender that would be refused now; an unchanged one is kept. */
function changedOf<T extends Pick<ProjectSettings, 'name' | 'mailFrom'>>(
  before: Project,
  { name, mailFrom, ...rest }: T,
) {
  return { ...rest, ...(name !== before.name && { name }), ...(mailFrom !== before.mailFrom && { mailFrom }) };
}
