import { diffJson } from '@/lib/audit/model';
import { recordEvent } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import { ConcurrentUpdateError, transaction } from '@/lib/platform/db/transaction';
import { mergeEdit } from '@/lib/platform/edit';
import { newId } from '@/lib/platform/ids';
import { invalidInput } from '@/lib/platform/input';
import { type Group, type GroupSettings, groupFaults } from '../model';
import * as rows from '../repository';
import { countMembers } from '../repository/members';
import { getForWrite, type WriteOptions } from './get';

/** Creates a group without members. Refuses: `invalid_input`, `group_taken`. */
export async function createGroup(
  actor: Actor,
  input: { name: string; description?: string | null },
  { tx: outer }: Pick<WriteOptions, 'tx'> = {},
): Promise<Group> {
  const settings = requireUsable({ name: input.name, description: input.description ?? null });
  const now = new Date();
  const group: Group = {
    id: newId(),
    projectId: actor.projectId,
    ...settings,
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
  return transaction(async (tx) => {
    await rows.insertGroup(tx, group);
    await recordEvent(tx, actor, {
      type: 'group.created',
      details: { ...subjectOf(group), changes: diffJson({}, settings) },
    });
    return group;
  }, outer);
}

/**
 * Changes name or description. `base` is the caller's view of the fields: one changed concurrently is a conflict and is
 * not overwritten. Applications see a new name with the next tokens.
 * Refuses: `not_found`, `precondition_failed`, `invalid_input`, `group_taken`, `version_conflict` with `conflicts`.
 */
export async function updateGroup(
  actor: Actor,
  id: string,
  change: Partial<GroupSettings>,
  { base, ...options }: WriteOptions & { base?: Partial<GroupSettings> } = {},
): Promise<Group> {
  const mine = requireUsable(change);
  return transaction(async (tx) => {
    const before = await getForWrite(tx, actor.projectId, id, options);
    const { name, description } = before;
    const merged = mergeEdit({ name, description }, { base: base ?? { name, description }, mine });
    const changes = diffJson({ name, description }, merged);
    if (Object.keys(changes).length === 0) return before;
    const after = { ...before, ...merged, version: before.version + 1, updatedAt: new Date() };
    if (!(await rows.updateGroupRow(tx, before, after))) throw new ConcurrentUpdateError();
    await recordEvent(tx, actor, { type: 'group.updated', details: { ...subjectOf(after), changes } });
    return after;
  }, options.tx);
}

/**
 * Deletes a group with its memberships. An application that only this group may use admits no one.
 * Refuses: `not_found`, `precondition_failed`.
 */
export async function deleteGroup(actor: Actor, id: string, options: WriteOptions = {}): Promise<void> {
  await transaction(async (tx) => {
    const group = await getForWrite(tx, actor.projectId, id, options);
    const members = await countMembers(actor.projectId, id, tx);
    if (!(await rows.deleteGroupRow(tx, group))) throw new ConcurrentUpdateError();
    await recordEvent(tx, actor, { type: 'group.deleted', details: { ...subjectOf(group), members } });
  }, options.tx);
}

/** Names the group in the details of every event about it. */
export function subjectOf({ id, name }: Group): { group_id: string; name: string } {
  return { group_id: id, name };
}

/** The settings in the form that is stored. Refuses: `invalid_input` with every violation. */
function requireUsable<Settings extends Partial<GroupSettings>>(settings: Settings): Settings {
  const { name, description } = settings;
  const wanted = {
    ...settings,
    ...(name !== undefined && { name: name.trim() }),
    ...(description !== undefined && { description: description?.trim() || null }),
  };
  const faults = groupFaults(wanted);
  if (faults.length === 0) return wanted;
  throw invalidInput(
    faults.map(({ message }) => message).join('; '),
    faults.map(({ field, keyword, message }) => ({ pointer: `/${field}`, keyword, message })),
  );
}
