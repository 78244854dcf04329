import { countPasskeysOf, surveyInvitations } from '@/lib/credential/service';
import { displayName } from '@/lib/identity/model/name';
import { countStates, listAfter } from '@/lib/identity/service';
import { yieldToEventLoop } from '@/lib/platform/event-loop';
import type { Project } from '@/lib/project/model';
import { findHeldRoles } from '@/lib/role/service';
import { getSchema } from '@/lib/schema/service';
import { countSessionsOf } from '@/lib/session/service';
import type { BulkKind, BulkRequest, LeftOutCounts, LeftOutReason, Selection, Survey } from '../model';
import { MAX_SAMPLES } from '../model';
import { evaluate } from './evaluate';
import { type Requester, reasonToLeaveOut } from './reach';
import { pagesOf } from './selection';

/**
 * What the action would do now if this operator, or a program (null), started it: counts in steps, however large the
 * selection is. Refuses: `unknown_schema`.
 */
export async function surveyBulkAction(
  project: Project,
  operator: Requester,
  request: BulkRequest,
  selection: Selection,
): Promise<Survey> {
  if (request.kind === 'move_schema') await getSchema(project.id, request.schemaId);
  const faults = new Map<string, number>();
  const run: Run = { project, request, faults, claimed: new Set(), total: emptySurvey(project, request) };
  for await (const ids of pagesOf(project, selection)) {
    const { within, leftOut } = await partition(operator, ids);
    run.total.matched += ids.length;
    addCounts(run.total.leftOut, leftOut);
    if (within.length > 0) await surveyPage(run, within);
  }
  const byCount = [...faults].sort(([, one], [, other]) => other - one);
  return { ...run.total, faults: byCount.slice(0, MAX_SAMPLES).map(([fault, count]) => ({ fault, count })) };
}

type Run = { project: Project; request: BulkRequest; faults: Map<string, number>; claimed: Set<string>; total: Survey };

function emptySurvey({ recycleBinDays }: Project, { kind }: BulkRequest): Survey {
  const numbers = { matched: 0, affected: 0, unchanged: 0, sessions: 0, passkeys: 0 };
  const lists = { leftOut: {}, samples: [], faults: [], invalid: [] };
  return { ...numbers, ...lists, ...(kind === 'delete' && { recycleBinDays }) };
}

async function surveyPage(run: Run, ids: string[]): Promise<void> {
  const { project, request, total } = run;
  const count = SURVEYS[request.kind];
  if (!count) return surveyFields(run, ids);
  const found = await count(project, ids);
  total.affected += found.affected ?? 0;
  total.unchanged += found.unchanged ?? 0;
  total.sessions += found.sessions ?? 0;
  total.passkeys += found.passkeys ?? 0;
  addCounts(total.leftOut, found.leftOut ?? {});
}

/** Identities whose changes are worked out at a time: SQLite's process does nothing else in between. */
const FIELDS_STEP = 100;

async function surveyFields({ project, request, faults, claimed, total }: Run, ids: string[]): Promise<void> {
  for (let at = 0; at < ids.length; at += FIELDS_STEP) {
    const some = ids.slice(at, at + FIELDS_STEP);
    const identities = await listAfter(project.id, { ids: some }, null, some.length);
    for (const [identity, found] of await evaluate(project.id, request, identities, claimed)) {
      const { id } = identity;
      if (found.type === 'unchanged') total.unchanged += 1;
      if (found.type === 'affected') {
        total.affected += 1;
        if (total.samples.length < MAX_SAMPLES)
          total.samples.push({ id, name: displayName(identity), changes: found.changes });
      }
      if (found.type !== 'left_out') continue;
      addCounts(total.leftOut, { [found.reason]: 1 });
      if (found.fault === undefined) continue;
      faults.set(found.fault, (faults.get(found.fault) ?? 0) + 1);
      if (total.invalid.length < MAX_SAMPLES)
        total.invalid.push({ id, name: displayName(identity), fault: found.fault });
    }
    await yieldToEventLoop();
  }
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

type Part = Partial<Pick<Survey, 'affected' | 'unchanged' | 'sessions' | 'passkeys' | 'leftOut'>>;

/** The other actions change fields. */
const SURVEYS: Partial<Record<BulkKind, (project: Project, ids: string[]) => Promise<Part>>> = {
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
