import type { Locale } from '@/lib/i18n/model';
import type { Identity } from '@/lib/identity/model';
import type { Principal } from '@/lib/job/model';
import { type Tx, transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import { enqueue } from '@/lib/queue/service';
import { getSchema } from '@/lib/schema/service';
import { type BulkAction, type BulkRequest, RECYCLE_BIN, type Selection, targetOf } from '../model';
import * as rows from '../repository';
import { pagesOf, sealOrder } from './selection';
import { surveyBulkAction } from './survey';

export const RUN = 'bulk.run';

/** Unfinished actions of a project. */
const MAX_UNFINISHED = 10;

type StartInput = {
  project: Project;
  request: BulkRequest;
  selection: Selection;
  principal: Principal;
  /** The operator of `principal`, whose freshness and role the caller has proven; null: a program or the command line. */
  operator: Identity | null;
  /** The number of people that an operator confirmed; null: all that the selection matches. */
  affected: number | null;
  locale: Locale;
};

/**
 * Queues the job that handles one identity after the other. People created later are not part of it.
 * Refuses: `selection_changed` unless as many are affected as confirmed, `unknown_schema`, `rate_limited`.
 */
export async function startBulkAction(input: StartInput, { tx }: { tx?: Tx | undefined } = {}): Promise<BulkAction> {
  const { project, request, principal, operator } = input;
  const createdAt = new Date();
  const total = await countTotal(input);
  const id = newId();
  const action: BulkAction = {
    id,
    projectId: project.id,
    kind: request.kind,
    target: request.kind === 'delete' && project.recycleBinDays > 0 ? RECYCLE_BIN : targetOf(request),
    actorKind: principal.kind,
    organizationId: principal.kind === 'operator' ? principal.organizationId : '',
    operatorId: principal.kind === 'cli' ? '' : principal.id,
    operatorEpoch: operator?.revocationEpoch ?? 0,
    selection: sealOrder(id, { request, selection: input.selection, principal, locale: input.locale }),
    total,
    position: null,
    ...{ done: 0, unchanged: 0, endedSessions: 0 },
    leftOut: { counts: {}, people: [] },
    endedBy: null,
    createdAt,
    finishedAt: null,
  };
  return transaction(async (inner) => {
    if ((await rows.countUnfinished(inner, project.id)) >= MAX_UNFINISHED)
      throw new AppError('rate_limited', { retryAfterSeconds: 60 });
    await rows.insertBulkAction(inner, action);
    await enqueue(inner, { kind: RUN, key: id, projectId: project.id });
    return action;
  }, tx);
}

async function countTotal({ project, operator, request, selection, affected }: StartInput): Promise<number> {
  if (affected !== null) {
    const survey = await surveyBulkAction(project, operator, request, selection);
    if (survey.affected !== affected) throw new AppError('selection_changed');
    return survey.matched;
  }
  if (request.kind === 'move_schema') await getSchema(project.id, request.schemaId);
  let total = 0;
  for await (const ids of pagesOf(project, selection)) total += ids.length;
  return total;
}
