import { inviteToAddPasskey } from '@/lib/credential/service';
import type { Locale } from '@/lib/i18n/model';
import type { Identity } from '@/lib/identity/model';
import { changeIdentity, deleteAccount, findIdentity } from '@/lib/identity/service';
import type { JobActor } from '@/lib/job/service';
import type { Tx } from '@/lib/platform/db/transaction';
import type { Project } from '@/lib/project/model';
import { countSessionsOf, endAllSessions } from '@/lib/session/service';
import type { BulkAction, BulkKind, Outcome } from '../model';
import { reasonToLeaveOut } from './reach';

type Context = JobActor & { project: Project; action: BulkAction; locale: Locale };
type Target = Context & { tx: Tx; identity: Identity };

/** One identity, by the same services and rules as a single action. Refuses as they do, such as `last_owner`. */
export async function applyTo(tx: Tx, context: Context, identityId: string): Promise<Outcome> {
  const { operator, project, action } = context;
  const identity = await findIdentity(project.id, identityId, tx);
  if (!identity) return { type: 'left_out', reason: 'gone' };
  if (identity.createdAt > action.createdAt) return { type: 'skipped' };
  const reason = reasonToLeaveOut(operator, identity);
  if (reason !== null) return { type: 'left_out', reason };
  return ACTIONS[action.kind]({ ...context, tx, identity });
}

const ACTIONS: Record<BulkKind, (target: Target) => Promise<Outcome>> = {
  activate: (target) => setState(target, 'active'),
  deactivate: (target) => setState(target, 'inactive'),
  async sign_out(target) {
    const { actor, identity, tx, guard } = target;
    const ended = await sessionsOf(target);
    // Also removes sessions that have expired.
    await endAllSessions(actor, identity.id, { guard, tx });
    return ended > 0 ? { type: 'done', ended } : { type: 'unchanged' };
  },
  async delete(target) {
    const { actor, identity, tx, guard, locale } = target;
    const ended = await sessionsOf(target);
    await deleteAccount(actor, identity.id, { guard, tx, locale });
    return { type: 'done', ended };
  },
  async invite({ actor, identity, project, tx }) {
    const reason = await inviteToAddPasskey(tx, actor, project, identity);
    return reason === null ? { type: 'done', ended: 0 } : { type: 'left_out', reason };
  },
};

async function setState(target: Target, state: Identity['state']): Promise<Outcome> {
  const { actor, identity, tx, guard } = target;
  if (identity.state === state) return { type: 'unchanged' };
  const ended = await sessionsOf(target);
  await changeIdentity(actor, identity.id, () => ({ state }), { guard, tx });
  return { type: 'done', ended };
}

async function sessionsOf({ project, identity, tx }: Target): Promise<number> {
  return (await countSessionsOf(project, [identity.id], { tx })).sessions;
}
