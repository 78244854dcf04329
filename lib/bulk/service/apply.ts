import { inviteToAddPasskey } from '@/lib/credential/service';
import type { Locale } from '@/lib/i18n/model';
import type { Identity } from '@/lib/identity/model';
import { changeIdentity, deleteAccount, deleteIdentity, findIdentity, previewChanges } from '@/lib/identity/service';
import type { JobActor } from '@/lib/job/service';
import type { Tx } from '@/lib/platform/db/transaction';
import type { Project } from '@/lib/project/model';
import { countSessionsOf, endAllSessions } from '@/lib/session/service';
import type { BulkAction, BulkKind, BulkRequest, Outcome } from '../model';
import { wantedChange } from '../model/change';
import { losesIdentifier } from './evaluate';
import { reasonToLeaveOut } from './reach';

type Context = JobActor & { project: Project; action: BulkAction; request: BulkRequest; locale: Locale };
type Target = Context & { tx: Tx; identity: Identity };

/** One identity, by the same services and rules as a single action. Refuses as they do, such as `last_owner`. */
export async function applyTo(tx: Tx, context: Context, identityId: string): Promise<Outcome> {
  const { operator, project, action } = context;
  const identity = await findIdentity(project.id, identityId, tx);
  if (!identity) return { type: 'left_out', reason: 'gone' };
  if (identity.createdAt > action.createdAt) return { type: 'skipped' };
  const reason = reasonToLeaveOut(operator, identity);
  if (reason !== null) return { type: 'left_out', reason };
  const act = ACTIONS[action.kind] ?? changeFields;
  return act({ ...context, tx, identity });
}

/** The other actions change fields. */
const ACTIONS: Partial<Record<BulkKind, (target: Target) => Promise<Outcome>>> = {
  async sign_out(target) {
    const { actor, identity, tx, guard } = target;
    const ended = await sessionsOf(target);
    // Also removes sessions that have expired.
    await endAllSessions(actor, identity.id, { guard, tx });
    return ended > 0 ? { type: 'done', ended } : { type: 'unchanged' };
  },
  async delete(target) {
    const { actor, operator, identity, tx, guard, locale } = target;
    const ended = await sessionsOf(target);
    // As single deletions: an operator's is announced to the person, a program's is not.
    if (operator) await deleteAccount(actor, identity.id, { guard, tx, locale });
    else await deleteIdentity(actor, identity.id, { guard, tx });
    return { type: 'done', ended };
  },
  async invite({ actor, identity, project, tx }) {
    const reason = await inviteToAddPasskey(tx, actor, project, identity);
    return reason === null ? { type: 'done', ended: 0 } : { type: 'left_out', reason };
  },
};

/** The ordinary change, which refuses as for a single identity; what a person signs in with is never part of it. */
async function changeFields(target: Target): Promise<Outcome> {
  const { actor, identity, tx, guard, request } = target;
  const wanted = wantedChange(request, identity);
  if (wanted.type === 'unchanged') return wanted;
  if (wanted.type === 'blocked') return { type: 'left_out', reason: 'invalid' };
  const ended = request.kind === 'deactivate' ? await sessionsOf(target) : 0;
  const [preview] = await previewChanges([{ identity, change: wanted.change }], tx);
  if (preview && losesIdentifier(preview)) return { type: 'left_out', reason: 'identifier' };
  await changeIdentity(actor, identity.id, () => wanted.change, { guard, tx });
  return { type: 'done', ended };
}

async function sessionsOf({ project, identity, tx }: Target): Promise<number> {
  return (await countSessionsOf(project, [identity.id], { tx })).sessions;
}
