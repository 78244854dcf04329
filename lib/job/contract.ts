import { z } from 'zod';
import { ACTOR_KINDS } from '@/lib/audit/model';
import { JOB_STATES, type JobView, NO_UNDO_REASONS } from './model';

const one = <Item extends z.ZodType<unknown, string>>(item: Item) => z.array(item).max(1).optional();

/** The filters of GET /admin/jobs. */
export const jobFilterQuery = {
  kind: one(z.string().max(50)),
  state: z.array(z.enum(JOB_STATES, 'is not a known job state')).max(JOB_STATES.length).optional(),
};

export const jobResponse = z
  .object({
    id: z.uuid(),
    kind: z.string(),
    state: z.enum(JOB_STATES),
    actor: z.object({ type: z.enum(ACTOR_KINDS), id: z.string().nullable() }),
    total: z.int().nullable().meta({ description: 'Identities it handles; null until they are counted.' }),
    done: z.int().meta({ description: 'Identities it changed.' }),
    unchanged: z.int(),
    left_out: z.record(z.string(), z.int()).meta({ description: 'Identities it left out, by reason.' }),
    left_out_identities: z
      .array(z.object({ id: z.string(), reason: z.string() }))
      .meta({ description: 'The first 200 of them.' }),
    result: z.record(z.string(), z.unknown()),
    created_at: z.iso.datetime(),
    finished_at: z.iso.datetime().nullable(),
    undo: z.object({
      possible: z.boolean(),
      reason: z.enum(NO_UNDO_REASONS).optional(),
      job_id: z.uuid().optional().meta({ description: 'The job that undoes it.' }),
    }),
    undoes: z.uuid().nullable().meta({ description: 'The job that this one undoes.' }),
  })
  .meta({ id: 'Job', description: 'Work on many identities. Kept for 30 days after its end.' });

export function toJobResponse(job: JobView): z.output<typeof jobResponse> {
  const { possible } = job.undo;
  return {
    id: job.id,
    kind: job.kind,
    state: job.state,
    actor: { type: job.actor.kind, id: job.actor.id },
    total: job.total,
    done: job.done,
    unchanged: job.unchanged,
    left_out: Object.fromEntries(Object.entries(job.leftOut.counts).map(([reason, count]) => [reason, count ?? 0])),
    left_out_identities: job.leftOut.people,
    result: job.result,
    created_at: job.createdAt.toISOString(),
    finished_at: job.finishedAt?.toISOString() ?? null,
    undo: job.undo.possible
      ? { possible }
      : { possible, reason: job.undo.reason, ...(job.undo.jobId !== undefined && { job_id: job.undo.jobId }) },
    undoes: job.undoes,
  };
}
