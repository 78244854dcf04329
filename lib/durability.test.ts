import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundle } from '@/scripts/build.mjs';
import { makeProject } from '@/testing/project';
import { databaseKind, db } from './platform/db/client';
import { env } from './platform/env';

const WRITERS = 32;
const dir = mkdtempSync(path.join(os.tmpdir(), 'signet-durability-'));
const program = path.join(import.meta.dirname, `../build/writers-${databaseKind()}.mjs`);

beforeAll(async () => {
  const entry = path.join(dir, 'writers.mts');
  // Writers that report each identity once its creation is acknowledged, and every third one's deletion.
  writeFileSync(
    entry,
    `import { systemActor } from '@/lib/platform/actor';
    import { newId } from '@/lib/platform/ids';
    import { createIdentity, deleteIdentity } from '@/lib/identity/service';
    const actor = systemActor(process.argv[2] ?? '');
    const write = async () => {
      for (let count = 1; ; count++) {
        const { id } = await createIdentity(actor, { traits: { email: newId() + '@example.com' } });
        console.log('created ' + id);
        if (count % 3 > 0) continue;
        await deleteIdentity(actor, id);
        console.log('deleted ' + id);
      }
    };
    for (let writer = 0; writer < ${WRITERS}; writer++) void write();`,
  );
  await bundle(entry, program);
}, 60_000);
afterAll(() => {
  for (const made of [dir, program]) rmSync(made, { recursive: true, force: true });
});

/** Kills the writers after `count` acknowledged writes; resolves to everything they reported. */
function killAfter(count: number, projectId: string): Promise<string[]> {
  const { databaseUrl: DATABASE_URL, dataDir: SIGNET_DATA_DIR, secret: SIGNET_SECRET } = env();
  const { PATH = '', NODE_ENV } = process.env;
  const settings = { PATH, NODE_ENV, DATABASE_URL, SIGNET_DATA_DIR, SIGNET_SECRET, LOG_LEVEL: 'silent' };
  const child = spawn(process.execPath, [program, projectId], { stdio: ['ignore', 'pipe', 'inherit'], env: settings });
  const reported: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    reported.push(line);
    if (reported.length === count) child.kill('SIGKILL');
  });
  return new Promise((resolve, reject) => {
    child.once('close', (_, signal) => (signal === 'SIGKILL' ? resolve(reported) : reject(new Error('ended early'))));
  });
}

test('a process killed under concurrent writes loses no acknowledged write', { timeout: 120_000 }, async () => {
  const { id: projectId } = await makeProject();
  const reported = await killAfter(600, projectId);
  const named = (word: string) => reported.filter((line) => line.startsWith(word)).map((line) => line.slice(8));
  const [created, deleted] = [named('created'), named('deleted')];
  expect(deleted.length).toBeGreaterThan(0);

  const client = await db();
  const identities = await client.identity.findMany({ where: { projectId }, select: { id: true } });
  const identifiers = await client.identifier.findMany({ where: { projectId }, select: { identityId: true } });
  const events = await client.auditEvent.findMany({
    where: { projectId, type: { startsWith: 'identity.' } },
    select: { type: true, identityId: true },
  });
  const ofType = (wanted: string) => events.filter(({ type }) => type === wanted).map(({ identityId }) => identityId);
  const [creations, deletions] = [ofType('identity.created'), ofType('identity.deleted')];
  expect(created.filter((id) => !creations.includes(id))).toEqual([]);
  expect(deleted.filter((id) => !deletions.includes(id))).toEqual([]);
  // One event per write, acknowledged or not, and a write per event.
  expect(new Set(creations).size).toBe(creations.length);
  expect(new Set(deletions).size).toBe(deletions.length);
  const alive = creations.filter((id) => !deletions.includes(id)).sort();
  expect(identities.map(({ id }) => id).sort()).toEqual(alive);
  expect(identifiers.map(({ identityId }) => identityId).sort()).toEqual(alive);
  if (databaseKind() === 'sqlite')
    expect(await client.$queryRawUnsafe('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
});
