import { recordEvent } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import type { Group } from '../model';
import * as rows from '../repository/members';
import { subjectOf } from './change';
import { getGroup } from './get';

/** Adds an identity to a group. Idempotent. Refuses: `not_found` for a group or identity outside the project. */
export async function addMember(actor: Actor, groupId: string, identityId: string, outer?: Tx): Promise<Group> {
  return transaction(async (tx) => {
    const group = await getGroup(actor.projectId, groupId, tx);
    if (await rows.insertMember(tx, group, identityId, new Date())) {
      await recordEvent(tx, actor, { type: 'group.member_added', identityId, details: subjectOf(group) });
      return group;
    }
    if (await rows.isMember(tx, group, identityId)) return group;
    throw new AppError('not_found', { reason: 'No identity has this ID' });
  }, outer);
}

/**
 * Removes an identity from a group; applications that only this group may use refuse it from their next call on.
 * Refuses: `not_found` for a group outside the project, or an identity that is no member.
 */
export async function removeMember(actor: Actor, groupId: string, identityId: string, outer?: Tx): Promise<Group> {
  return transaction(async (tx) => {
    const group = await getGroup(actor.projectId, groupId, tx);
    if (!(await rows.deleteMember(tx, group, identityId)))
      throw new AppError('not_found', { reason: 'The identity is not a member of this group' });
    await recordEvent(tx, actor, { type: 'group.member_removed', identityId, details: subjectOf(group) });
    return group;
  }, outer);
}
