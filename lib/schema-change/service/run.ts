import { countIdentities } from '@/lib/identity/service';
import { JobEndedError } from '@/lib/job/service';
import { transaction } from '@/lib/platform/db/transaction';
import type { ClaimedJob } from '@/lib/queue/model';
import { holdLease } from '@/lib/queue/service';
import type { SchemaChange, SchemaChangeKind } from '../model';
import * as rows from '../repository';
import { runImpact } from './impact';
import { runPublication } from './publish';
import { inStep, type Run } from './step';
import { runUndo } from './undo';

const RUNS: Record<SchemaChangeKind, (run: Run, change: SchemaChange) => Promise<void>> = {
  schema_impact: runImpact,
  schema_publish: runPublication,
  schema_undo: runUndo,
};

/** Continues behind the last committed step, whichever process did it. */
export async function runSchemaChange(job: ClaimedJob, signal: AbortSignal): Promise<void> {
  const [projectId, id] = [job.projectId ?? '', job.id.slice(job.id.indexOf(':') + 1)];
  const change = await rows.findSchemaChange(projectId, id);
  if (!change || change.finishedAt !== null) return;
  try {
    if (change.endedBy === null) {
      const run = { job, signal, projectId, id };
      if (change.total === null) await count(run, change);
      await RUNS[change.kind](run, change);
    }
  } catch (error) {
    if (!(error instanceof JobEndedError)) throw error;
    if (error.why === 'not_permitted') await rows.updateEndedBy(projectId, id, error.why);
  }
  await transaction(async (tx) => {
    await holdLease(tx, job);
    await rows.updateFinished(tx, id, new Date());
  });
}

async function count(run: Run, { kind, schemaId, sourceJobId }: SchemaChange): Promise<void> {
  const source = kind === 'schema_undo' ? await rows.findSchemaChange(run.projectId, sourceJobId ?? '') : null;
  const total = source ? source.done : await countIdentities(run.projectId, { schemaId });
  await inStep(run, async (_, change) => ({ ...change, total }));
}
