import { countPasskeysOf, surveyInvitations } from '@/lib/credential/service';
import { countStates } from '@/lib/identity/service';
import type { Project } from '@/lib/project/model';
import { findHeldRoles } from '@/lib/role/service';
import { countSessionsOf } from '@/lib/session/service';
import type { BulkKind, LeftOutCounts, LeftOutReason, Selection, Survey } from '../model';
import { type Requester, reasonToLeaveOut } from './reach';
import { pagesOf } from './selection';

/** What the action would do now if this operator, or a program (null), started it: counts in steps, however large the selection is. */
export async function surveyBulkAction(
  project: Project,
  operator: Requester,
  kind: BulkKind,
  selection: Selection,
): Promise<Survey> {
  const total: Survey = {
    ...{ matched: 0, affected: 0, unchanged: 0, sessions: 0, passkeys: 0, leftOut: {} },
    ...(kind === 'delete' && { recycleBinDays: project.recycleBinDays }),
  };
  for await (const ids of pagesOf(project, selection)) {
    const { within, leftOut } = await partition(operator, ids);
    const found = within.length > 0 ? await SURVEYS[kind](project, within) : {};
    total.matched += ids.length;
    total.affected += found.affected ?? 0;
    total.unchanged += found.unchanged ?? 0;
    total.sessions += found.sessions ?? 0;
    total.passkeys += found.passkeys ?? 0;
    addCounts(total.leftOut, leftOut);
    addCounts(total.leftOut, found.leftOut ?? {});
  }
  return total;
}

async function partition(operator: Requester, ids: string[]): Promise<{ within: string[]; leftOut: LeftOutCounts }> {
  const roles = await findHeldRoles(ids);
  const reasonOf = (id: string) => reasonToLeaveOut(operator, { id, operatorRoles: roles.get(id) ?? [] });
  const leftOut: LeftOutCounts = {};
  const within = ids.filter((id) => {
    const reason = reasonOf(id);
    if (reason !== null) addCounts(leftOut, { [reason]: 1 });
    return reason === null;
  });
  return { within, leftOut };
}

type Part = Partial<Omit<Survey, 'matched'>>;

const SURVEYS: Record<BulkKind, (project: Project, ids: string[]) => Promise<Part>> = {
  async activate({ id }, ids) {
    const { active, inactive } = await countStates(id, ids);
    return { affected: inactive, unchanged: active };
  },
  async deactivate(project, ids) {
    const { active, inactive } = await countStates(project.id, ids);
    return { affected: active, unchanged: inactive, sessions: (await countSessionsOf(project, ids)).sessions };
  },
  async sign_out(project, ids) {
    const { people, sessions } = await countSessionsOf(project, ids);
    return { affected: people, unchanged: ids.length - people, sessions };
  },
  async delete(project, ids) {
    const { sessions } = await countSessionsOf(project, ids);
    return { affected: ids.length, sessions, passkeys: await countPasskeysOf(project.id, ids) };
  },
  async invite(project, ids) {
    const { invited, others } = await surveyInvitations(project, ids);
    return { affected: invited, leftOut: others };
  },
};

function addCounts(to: LeftOutCounts, counts: LeftOutCounts): void {
  for (const [reason, count] of Object.entries(counts) as Array<[LeftOutReason, number]>)
    to[reason] = (to[reason] ?? 0) + count;
}
