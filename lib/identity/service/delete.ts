import { blankEvents, recordEvent } from '@/lib/audit/service';
import { blankAnswers } from '@/lib/idempotency/service';
import type { Actor } from '@/lib/platform/actor';
import { LostRace, type Tx, transaction } from '@/lib/platform/db/transaction';
import * as rows from '../repository';
import { type Condition, getForWrite } from './condition';
import { guardLastOwner } from './last-owner';

/** Erases an identity with all that hangs on it; its audit events stay, without their values. Refuses as `changeIdentity`. */
export async function deleteIdentity(actor: Actor, id: string, condition: Condition = {}, tx?: Tx): Promise<void> {
  const write = async (inside: Tx) => {
    const current = await getForWrite(inside, actor, id, condition);
    await guardLastOwner(inside, current);
    if (!(await rows.deleteIdentityRow(inside, current))) throw new LostRace();
    await blankEvents(inside, actor.projectId, current.id);
    await blankAnswers(inside, actor.projectId, current.id);
    // Who erases themself leaves no address behind either.
    const by = actor.id === current.id ? { ...actor, address: null } : actor;
    await recordEvent(inside, by, { type: 'identity.deleted', identityId: current.id });
  };
  await (tx ? write(tx) : transaction(write));
}
