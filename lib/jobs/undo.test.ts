import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBulkAction } from '@/lib/bulk/service';
import { runBulkAction } from '@/lib/bulk/service/run';
import type { Identity } from '@/lib/identity/model';
import { runUndoJob } from '@/lib/job/service/run-undo';
import { databaseKind, db } from '@/lib/platform/db/client';
import { env } from '@/lib/platform/env';
import type { Project } from '@/lib/project/model';
import { runNow } from '@/lib/queue/service';
import { bundle } from '@/scripts/build.mjs';
import { makePerson } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { getJob, undoJob } from './registry';

const PEOPLE = 60;
const dir = mkdtempSync(path.join(os.tmpdir(), 'signet-undo-'));
const program = path.join(import.meta.dirname, `../../build/undo-${databaseKind()}.mjs`);
const never = new AbortController().signal;
let project: Project;

beforeAll(async () => {
  project = await makeProject();
  const entry = path.join(dir, 'undo.mts');
  // Another process that runs an undo and kills itself once the given number of events is undone.
  writeFileSync(
    entry,
    `import { runUndoJob } from '@/lib/job/service/run-undo';
    import { db } from '@/lib/platform/db/client';
    import { runNow } from '@/lib/queue/service';
    const [, , id = '', limit] = process.argv;
    const { undoJob } = await db();
    setInterval(async () => {
      const { done } = await undoJob.findUniqueOrThrow({ where: { id } });
      if (done >= Number(limit)) process.kill(process.pid, 'SIGKILL');
    }, 1);
    await runNow({ name: 'job.undo', run: runUndoJob }, id, new AbortController().signal);`,
  );
  await bundle(entry, program);
});
afterAll(() => {
  for (const made of [dir, program]) rmSync(made, { recursive: true, force: true });
});

/** Resolves to the signal that ended the other process. */
function undoElsewhere(id: string, limit: number): Promise<NodeJS.Signals | null> {
  const { databaseUrl: DATABASE_URL, dataDir: SIGNET_DATA_DIR, secret: SIGNET_SECRET } = env();
  const { PATH = '', NODE_ENV } = process.env;
  const settings = { PATH, NODE_ENV, DATABASE_URL, SIGNET_DATA_DIR, SIGNET_SECRET, LOG_LEVEL: 'silent' };
  const child = spawn(process.execPath, [program, id, String(limit)], { stdio: 'inherit', env: settings });
  return new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)));
}

test('another process resumes the undo of a killed one, and undoes nothing twice', { timeout: 120_000 }, async () => {
  const people: Identity[] = [];
  for (let at = 0; at < PEOPLE; at++) people.push(await makePerson(project));
  const request = { kind: 'set_field', pointer: '/metadata_admin/plan', value: 'pro' } as const;
  const order = { project, operator: null, principal: { kind: 'cli' }, request, affected: null, locale: 'en' } as const;
  const action = await startBulkAction({ ...order, selection: { ids: people.map(({ id }) => id) } });
  await runNow({ name: 'bulk.run', run: runBulkAction }, action.id, never);
  const { id } = await undoJob({ kind: 'cli' }, project.id, action.id);

  expect(await undoElsewhere(id, 7)).toBe('SIGKILL');
  const { done } = await getJob(project.id, id);
  expect(done).toBeGreaterThanOrEqual(7);
  expect(done).toBeLessThan(PEOPLE);
  const { identity, job, auditEvent } = await db();
  const of = { projectId: project.id };
  expect(await identity.count({ where: { ...of, metadataAdmin: null } })).toBe(done);

  // The lease of the killed process has expired.
  await job.update({ where: { id: `job.undo:${id}` }, data: { leaseUntil: new Date(0) } });
  expect(await runNow({ name: 'job.undo', run: runUndoJob }, id, never)).toBe('done');
  expect(await getJob(project.id, id)).toMatchObject({ state: 'finished', done: PEOPLE, leftOut: { counts: {} } });
  expect(await identity.count({ where: { ...of, metadataAdmin: null } })).toBe(PEOPLE);
  expect(await auditEvent.count({ where: { ...of, jobId: id } })).toBe(PEOPLE);
});
