import type { Locale } from '@/lib/i18n/model';
import type { Identity } from '@/lib/identity/model';
import { operatorPrincipal } from '@/lib/job/service';
import type { Actor } from '@/lib/platform/actor';
import { transaction } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import { enqueue } from '@/lib/queue/service';
import type { BulkAction, BulkKind, Selection } from '../model';
import * as rows from '../repository';
import { sealOrder } from './selection';
import { surveyBulkAction } from './survey';

export const RUN = 'bulk.run';

/** Unfinished actions of a project. */
const MAX_UNFINISHED = 10;

type StartInput = {
  project: Project;
  organizationId: string;
  /** An operator who acts in person, whose freshness and role the caller has proven. */
  operator: Identity;
  kind: BulkKind;
  selection: Selection;
  /** The number of people that the operator confirmed. */
  affected: number;
  locale: Locale;
};

/**
 * Counts the selection again and queues the job that handles one identity after the other. People created later are not
 * part of it. Refuses: `selection_changed` unless as many are affected as confirmed, `rate_limited`.
 */
export async function startBulkAction(actor: Actor, input: StartInput): Promise<BulkAction> {
  const { project, operator, kind, selection } = input;
  const createdAt = new Date();
  const survey = await surveyBulkAction(project, operator, kind, selection);
  if (survey.affected !== input.affected) throw new AppError('selection_changed');
  const id = newId();
  const principal = operatorPrincipal(actor, operator, input.organizationId);
  const order = { selection, principal, locale: input.locale };
  const action: BulkAction = {
    id,
    projectId: project.id,
    kind,
    target: null,
    actorKind: 'operator',
    organizationId: input.organizationId,
    operatorId: operator.id,
    operatorEpoch: operator.revocationEpoch,
    selection: sealOrder(id, order),
    total: survey.matched,
    position: null,
    ...{ done: 0, unchanged: 0, endedSessions: 0 },
    leftOut: { counts: {}, people: [] },
    endedBy: null,
    createdAt,
    finishedAt: null,
  };
  return transaction(async (tx) => {
    if ((await rows.countUnfinished(tx, project.id)) >= MAX_UNFINISHED)
      throw new AppError('rate_limited', { retryAfterSeconds: 60 });
    await rows.insertBulkAction(tx, action);
    await enqueue(tx, { kind: RUN, key: id, projectId: project.id });
    return action;
  });
}
