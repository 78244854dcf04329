import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { createIdentities } from '@/lib/identity/service';
import { cliActor } from '@/lib/platform/actor';
import { databaseKind, db } from '@/lib/platform/db/client';
import { env } from '@/lib/platform/env';
import { LEASE_SECONDS } from '@/lib/platform/lease';
import { createSchema } from '@/lib/schema/service';
import { bundle } from '@/scripts/build.mjs';
import { makeProject } from '@/testing/project';
import { documentOf, finish, storedTraits } from '@/testing/schema-change';
import { finishSchemaChange, getSchemaChange, publishSchema, undoSchemaChange } from '../service';

const dir = mkdtempSync(path.join(os.tmpdir(), 'signet-schema-change-'));
const program = path.join(import.meta.dirname, `../../../build/schema-change-${databaseKind()}.mjs`);

beforeAll(async () => {
  const entry = path.join(dir, 'publish.mts');
  // Another process that runs the job and kills itself once some identities have been moved.
  writeFileSync(
    entry,
    `import { finishSchemaChange, getSchemaChange } from '@/lib/schema-change/service';
    const [, , projectId = '', id = '', count] = process.argv;
    const check = async () => {
      if ((await getSchemaChange(projectId, id)).done >= Number(count)) process.kill(process.pid, 'SIGKILL');
      setImmediate(check);
    };
    void check();
    await finishSchemaChange(id, new AbortController().signal);`,
  );
  await bundle(entry, program);
}, 60_000);
afterEach(() => vi.useRealTimers());
afterAll(() => {
  for (const made of [dir, program]) rmSync(made, { recursive: true, force: true });
});

function runElsewhere({ projectId, id }: { projectId: string; id: string }, count: number): Promise<string | null> {
  const { databaseUrl: DATABASE_URL, dataDir: SIGNET_DATA_DIR, secret: SIGNET_SECRET } = env();
  const { PATH = '', NODE_ENV } = process.env;
  const settings = { PATH, NODE_ENV, DATABASE_URL, SIGNET_DATA_DIR, SIGNET_SECRET, LOG_LEVEL: 'silent' };
  const child = spawn(process.execPath, [program, projectId, id, String(count)], { stdio: 'inherit', env: settings });
  return new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)));
}

test('a killed publication and a killed undo continue where they were, and move everyone once', {
  timeout: 120_000,
}, async () => {
  const { id: projectId } = await makeProject();
  const actor = cliActor(projectId);
  await createSchema(actor, 'person', documentOf({ age: { type: 'string' } }));
  const total = 1000;
  const traits = Array.from({ length: total }, (_, at) => ({
    email: `k${at}-${projectId}@example.com`,
    age: String(at),
  }));
  await createIdentities(
    actor,
    traits.map((one) => ({ schemaId: 'person', traits: one })),
    { batchSize: 200 },
  );
  const before = await storedTraits(projectId);
  const document = documentOf({ age: { type: 'integer' } });
  const repairs = [{ op: 'convert', pointer: '/traits/age', to: 'integer' } as const];
  const killAndFinish = async (job: { projectId: string; id: string }) => {
    expect(await runElsewhere(job, 300)).toBe('SIGKILL');
    const { done, finishedAt } = await getSchemaChange(projectId, job.id);
    expect(done).toBeGreaterThanOrEqual(300);
    expect({ isLeft: done < total, finishedAt }).toEqual({ isLeft: true, finishedAt: null });
    expect(await finishSchemaChange(job.id, new AbortController().signal)).toBe('busy');
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime(Date.now() + (LEASE_SECONDS + 1) * 1000);
    const finished = await finish(job);
    vi.useRealTimers();
    const events = await (await db()).auditEvent.findMany({
      where: { projectId, jobId: job.id, type: 'identity.updated' },
      select: { identityId: true },
    });
    expect([events.length, new Set(events.map(({ identityId }) => identityId)).size]).toEqual([total, total]);
    return finished;
  };
  const published = await publishSchema({ kind: 'cli' }, projectId, { schemaId: 'person', document, repairs });
  expect(await killAndFinish(published)).toMatchObject({ done: total, leftOut: { counts: {} } });
  expect(await storedTraits(projectId)).not.toEqual(before);
  const undone = await undoSchemaChange({ kind: 'cli' }, projectId, published.id);
  expect(await killAndFinish(undone)).toMatchObject({ done: total, leftOut: { counts: {} } });
  expect(await storedTraits(projectId)).toEqual(before);
});
