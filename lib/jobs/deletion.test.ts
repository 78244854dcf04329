import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { systemActor } from '@/lib/platform/actor';
import { databaseKind, db } from '@/lib/platform/db/client';
import { env } from '@/lib/platform/env';
import { newId } from '@/lib/platform/ids';
import { LEASE_SECONDS, leaseEnd } from '@/lib/platform/lease';
import type { Project } from '@/lib/project/model';
import { OWNED_TABLES } from '@/lib/project/repository/removal';
import { countOwnedRows, deleteProject, ensureFirstProject, finishDeletion } from '@/lib/project/service';
import { removeContents } from '@/lib/project/service/delete';
import { claim, findJob } from '@/lib/queue/repository';
import { bundle } from '@/scripts/build.mjs';
import { eventually } from '@/testing/eventually';
import { makePerson } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { JOBS } from './jobs';
import { startWorker } from './worker';

const DELETION = JOBS.filter(({ name }) => name === 'project.delete');
const dir = mkdtempSync(path.join(os.tmpdir(), 'signet-deletion-'));
const program = path.join(import.meta.dirname, `../../build/deletion-${databaseKind()}.mjs`);
const STARTS_A_PROCESS = { timeout: 60_000 };
let project: Project;

beforeAll(async () => {
  await ensureFirstProject('http://localhost:3000');
  const entry = path.join(dir, 'deletion.mts');
  // Another process that deletes a project's rows and kills itself after the given number of steps.
  writeFileSync(
    entry,
    `import { finishDeletion } from '@/lib/project/service';
    let steps = 0;
    await finishDeletion(process.argv[2] ?? '', () => {
      if (++steps > Number(process.argv[3])) process.kill(process.pid, 'SIGKILL');
    });`,
  );
  await bundle(entry, program);
});
beforeEach(async () => {
  project = await makeProject();
  const client = await db();
  const { id } = await makePerson(project);
  const row = await client.identity.findUniqueOrThrow({ where: { id } });
  await client.identity.createMany({
    data: Array.from({ length: 900 }, () => ({ ...row, id: newId(), userHandle: newId() })),
  });
  await deleteProject(systemActor(project.id));
});
afterEach(() => vi.useRealTimers());
afterAll(() => {
  for (const made of [dir, program]) rmSync(made, { recursive: true, force: true });
});

const jobId = () => `project.delete:${project.id}`;

/** Runs the deletion in another process, which kills itself after `steps`; resolves to the signal that ended it. */
function deleteElsewhere(steps: number): Promise<NodeJS.Signals | null> {
  const { databaseUrl: DATABASE_URL, dataDir: SIGNET_DATA_DIR, secret: SIGNET_SECRET } = env();
  const { PATH = '', NODE_ENV } = process.env;
  const settings = { PATH, NODE_ENV, DATABASE_URL, SIGNET_DATA_DIR, SIGNET_SECRET, LOG_LEVEL: 'silent' };
  const child = spawn(process.execPath, [program, project.id, String(steps)], { stdio: 'inherit', env: settings });
  return new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)));
}

test('another process resumes the deletion of a killed one once the lease has expired', STARTS_A_PROCESS, async () => {
  const before = await countOwnedRows(project.id);
  // The tables before identities have no rows: one step each.
  expect(await deleteElsewhere(OWNED_TABLES.indexOf('Identity'))).toBe('SIGKILL');
  const left = await countOwnedRows(project.id);
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(before);
  const { leaseUntil, attempts } = (await findJob(jobId())) ?? {};
  expect(attempts).toBe(1);
  expect(leaseUntil?.getTime()).toBeGreaterThan(Date.now());

  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] });
  const worker = startWorker(DELETION);
  vi.advanceTimersByTime(5000);
  await worker.stop();
  expect(await countOwnedRows(project.id)).toBe(left);

  vi.advanceTimersByTime(LEASE_SECONDS * 1000);
  const successor = startWorker(DELETION);
  await eventually(async () => expect(await findJob(jobId())).toBeNull());
  await successor.stop();
  expect(await countOwnedRows(project.id)).toBe(0);
  expect(await (await db()).project.findUnique({ where: { id: project.id } })).toBeNull();
});

test('a worker and another process delete every row together', STARTS_A_PROCESS, async () => {
  const worker = startWorker(DELETION);
  expect(await deleteElsewhere(1000)).toBeNull();
  await eventually(async () => expect(await findJob(jobId())).toBeNull());
  await worker.stop();
  expect(await countOwnedRows(project.id)).toBe(0);
});

/** Takes the lease of the deletion, as a worker does. */
async function claimDeletion() {
  const row = await findJob(jobId());
  const now = new Date();
  const job = row && (await claim(row, { owner: newId(), now, until: leaseEnd(now) }));
  if (!job) throw new Error('not claimed');
  return job;
}

test('a program waits for the deletion while another process has its lease', async () => {
  const job = await claimDeletion();
  let removal: Promise<void> | undefined;
  await finishDeletion(project.id, (progress) => {
    if ('left' in progress) removal ??= removeContents(job, new AbortController().signal); // it waits
  });
  await removal;
  expect(await findJob(jobId())).toBeNull();
  expect(await countOwnedRows(project.id)).toBe(0);
});

test('a deletion stops after the current step when its worker stops', async () => {
  const stopping = new AbortController();
  const job = await claimDeletion();
  const before = await countOwnedRows(project.id);
  const onStep = (removed: number) => {
    if (removed > 0) stopping.abort();
  };
  await expect(removeContents(job, stopping.signal, onStep)).rejects.toMatchObject({ name: 'AbortError' });
  const left = await countOwnedRows(project.id);
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(before);
});
