import { blankEvents, recordEvent } from '@/lib/audit/service';
import { blankResponses } from '@/lib/idempotency/service';
import type { Actor } from '@/lib/platform/actor';
import { ConcurrentUpdateError, transaction } from '@/lib/platform/db/transaction';
import { guardLastOwner } from '@/lib/role/service';
import * as rows from '../repository';
import { getIdentityForWrite, type WriteOptions } from './condition';

/** Deletes an identity with its dependents; its audit events remain, redacted. Refuses as `changeIdentity`. */
export async function deleteIdentity(
  actor: Actor,
  id: string,
  { tx: outer, ...condition }: WriteOptions = {},
): Promise<void> {
  await transaction(async (tx) => {
    const current = await getIdentityForWrite(tx, actor, id, condition);
    await guardLastOwner(tx, current.id, current.operatorRoles);
    if (!(await rows.deleteIdentityRow(tx, current))) throw new ConcurrentUpdateError();
    blankEvents(tx, actor.projectId, current.id);
    blankResponses(tx, actor.projectId, current.id);
    // Self-deletion leaves no client address either.
    const by = actor.id === current.id ? { ...actor, address: null } : actor;
    await recordEvent(tx, by, { type: 'identity.deleted', identityId: current.id });
  }, outer);
}
