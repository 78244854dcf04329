import { diffJson } from '@/lib/audit/model';
import type { Actor } from '@/lib/platform/actor';
import { transaction } from '@/lib/platform/db/transaction';
import { mergeEdit } from '@/lib/platform/edit';
import { type Application, type ApplicationSettings, settingsOf } from '../model';
import { listAllowedGroups, replaceAllowedGroups } from '../repository/groups';
import { requireGroups } from './allowed-groups';
import { getForWrite, requireUsable, toAuditFields, type WriteOptions, writeChange } from './change';

/**
 * Changes settings of an application. Sign-ins follow on their next call; a person who may no longer use it keeps their
 * tokens until the next refresh. `base` is the caller's view of the fields: one changed concurrently is a conflict and is
 * not overwritten.
 * Refuses: `not_found`, `precondition_failed`, `invalid_input`, `version_conflict` with `conflicts`.
 */
export async function updateApplication(
  actor: Actor,
  clientId: string,
  change: Partial<ApplicationSettings>,
  { base, ...options }: WriteOptions & { base?: Partial<ApplicationSettings> } = {},
): Promise<Application> {
  return transaction(async (tx) => {
    const before = await getForWrite(tx, actor, clientId, options);
    const groupsBefore = await listAllowedGroups(before, tx);
    const current = settingsOf(before, groupsBefore);
    const mine = await requireUsable(tx, actor.projectId, before.kind, change);
    const merged = mergeEdit<ApplicationSettings>(current, { base: base ?? current, mine });
    // A rule about two fields concerns the result, not the change.
    await requireUsable(tx, actor.projectId, before.kind, lifetimesOf(merged));
    const groups = await requireGroups(tx, actor.projectId, merged);
    const { groupIds: _, ...settings } = merged;
    const after = { ...before, ...settings };
    const changes = diffJson(toAuditFields(before, groupsBefore), toAuditFields(after, groups));
    if (Object.keys(changes).length === 0) return before;
    const written = await writeChange(tx, actor, [before, after], 'application.updated', changes);
    const groupIds = groups.map(({ id }) => id);
    await replaceAllowedGroups(tx, written, groupIds, written.updatedAt);
    return written;
  }, options.tx);
}

function lifetimesOf({ accessTokenSeconds, refreshIdleSeconds, refreshLifetimeSeconds }: ApplicationSettings) {
  return { accessTokenSeconds, refreshIdleSeconds, refreshLifetimeSeconds };
}
