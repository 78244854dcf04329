import { diffJson } from '@/lib/audit/model';
import { recordEvent } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import { ConcurrentUpdateError, type Tx, transaction } from '@/lib/platform/db/transaction';
import { type Edit, mergeEdit } from '@/lib/platform/edit';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import type { JsonObject } from '@/lib/platform/json';
import type { Organization } from '../model';
import * as rows from '../repository';
import { requireUsable } from './validate-settings';

export type OrganizationFields = { name: string; slug: string };

/** Creates an organization; the caller adds its operators. Refuses: `invalid_input`, `slug_taken`. */
export async function addOrganization(
  tx: Tx,
  actor: Actor,
  { consoleNeedsPasskey = false, ...input }: OrganizationFields & { consoleNeedsPasskey?: boolean },
): Promise<Organization> {
  const fields = { name: input.name.trim(), slug: input.slug };
  requireUsable(fields);
  const now = new Date();
  const organization = { id: newId(), ...fields, consoleNeedsPasskey, createdAt: now, updatedAt: now };
  await rows.insertOrganization(tx, organization);
  const details = { name: fields.name, changes: diffJson({}, visible(organization)) };
  await recordEvent(tx, actor, { type: 'organization.created', organizationId: organization.id, details });
  return organization;
}

/** Refuses: `not_found`, `version_conflict` with `conflicts`, `invalid_input`, `slug_taken`. */
export async function updateOrganization(
  actor: Actor,
  id: string,
  edit: Edit<OrganizationFields>,
): Promise<Organization> {
  return transaction(async (tx) => {
    const before = await rows.findOrganization(id, tx);
    if (!before) throw new AppError('not_found');
    const { name, slug } = before;
    const fields = mergeEdit<OrganizationFields>({ name, slug }, edit);
    const after = { ...before, ...fields, name: fields.name.trim(), updatedAt: laterThan(before.updatedAt) };
    const changes = diffJson(visible(before), visible(after));
    if (Object.keys(changes).length === 0) return before;
    requireUsable({
      ...(after.name !== before.name && { name: after.name }),
      ...(after.slug !== before.slug && { slug: after.slug }),
    });
    if (!(await rows.updateOrganizationRow(tx, before, after))) throw new ConcurrentUpdateError();
    const details = { name: after.name, changes };
    await recordEvent(tx, actor, { type: 'organization.updated', organizationId: id, details });
    return after;
  });
}

/**
 * Sets whether the organization's console requires a passkey. The caller proves the role, and that the actor signed in
 * with a passkey. Refuses: `not_found`.
 */
export async function setConsoleNeedsPasskey(
  actor: Actor,
  id: string,
  consoleNeedsPasskey: boolean,
  { tx: outer }: { tx?: Tx } = {},
): Promise<Organization> {
  return transaction(async (tx) => {
    const before = await rows.findOrganization(id, tx);
    if (!before) throw new AppError('not_found');
    if (before.consoleNeedsPasskey === consoleNeedsPasskey) return before;
    const after = { ...before, consoleNeedsPasskey, updatedAt: laterThan(before.updatedAt) };
    if (!(await rows.updateOrganizationRow(tx, before, after))) throw new ConcurrentUpdateError();
    const details = { name: after.name, changes: diffJson(visible(before), visible(after)) };
    await recordEvent(tx, actor, { type: 'organization.updated', organizationId: id, details });
    return after;
  }, outer);
}

/**
 * Deletes an organization with its roles and invitations; the people stay: they belong to the first project.
 * Refuses: `not_found`, `default_project_protected`, `organization_not_empty`.
 */
export async function deleteOrganization(actor: Actor, id: string): Promise<void> {
  await transaction(async (tx) => {
    const organization = await rows.findOrganization(id, tx);
    if (!organization) throw new AppError('not_found');
    if ((await rows.findFirstProject(tx))?.organizationId === id) throw new AppError('default_project_protected');
    if ((await rows.countProjects(tx, id)) > 0) throw new AppError('organization_not_empty');
    await rows.deleteOrganizationRow(tx, id);
    const details = { name: organization.name, slug: organization.slug };
    await recordEvent(tx, actor, { type: 'organization.deleted', organizationId: id, details });
  });
}

/** Two changes within one millisecond are still two versions. */
export function laterThan(before: Date): Date {
  return new Date(Math.max(Date.now(), before.getTime() + 1));
}

/** Fields as events show them. */
function visible({ name, slug, consoleNeedsPasskey }: Organization): JsonObject {
  return { name, slug, console_needs_passkey: consoleNeedsPasskey };
}
