import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { idAt } from '@/lib/audit/model';
import { db } from '@/lib/platform/db/client';
import { env, resetEnv } from '@/lib/platform/env';
import { newId } from '@/lib/platform/ids';
import { getFirstProject } from '@/lib/project/service';
import { publishedKeys } from '@/lib/token/service';
import { json, signet } from '@/testing/command-line';
import type { CheckResult } from './checks';

let dataDir: string;
const endings: Array<() => Promise<unknown>> = [];

beforeEach(async () => {
  await json('project', 'list');
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'signet-doctor-'));
  endings.push(() => rm(dataDir, { recursive: true }));
  set({ SIGNET_DATA_DIR: dataDir, DATABASE_URL: env().databaseUrl, PORT: '1' });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  resetEnv();
  for (const end of endings.splice(0)) await end();
});

function set(settings: Record<string, string>): void {
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  resetEnv();
}

async function doctor(): Promise<{ code: number; of: (name: string) => CheckResult | undefined }> {
  const { code, out } = await signet('doctor', '--json');
  const { ok, checks } = JSON.parse(out);
  expect(ok).toBe(code === 0);
  return { code, of: (name) => checks.find((finding: CheckResult) => finding.name === name) };
}

/** Starts a server that responds to /health/ready with this status. */
async function serve(status: number): Promise<void> {
  const server = createServer((_, response) => response.writeHead(status).end('{"reason":"database"}'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endings.push(() => new Promise((resolve) => server.close(resolve)));
  const address = server.address();
  set({ PORT: String(typeof address === 'object' && address ? address.port : 0) });
}

test('reports passing checks and changes nothing', async () => {
  await serve(200);
  const keys = await (await db()).signingKey.count();
  const { code, of } = await doctor();
  expect(code).toBe(0);
  for (const name of ['Node', 'Settings', 'Disk', 'Schema', 'Database', 'Clock', 'Secret', 'Mail', 'Server'])
    expect([name, of(name)?.status]).toEqual([name, 'ok']);
  expect(await (await db()).signingKey.count()).toBe(keys);
});

test('stops after invalid settings and lists every fault', async () => {
  set({ SIGNET_SECRET: 'short' });
  const { code, of } = await doctor();
  expect(code).toBe(1);
  expect(of('Settings')).toMatchObject({ status: 'failure', found: expect.stringContaining('at least 32 characters') });
  expect(of('Database')).toBeUndefined();
});

test('reports keys stored under another secret, with advice', async () => {
  await publishedKeys((await getFirstProject()).id);
  set({ SIGNET_SECRET: 'another-secret-0123456789-abcdefghijkl' });
  expect((await doctor()).of('Secret')).toMatchObject({
    status: 'failure',
    found: expect.stringMatching(/^SIGNET_SECRET (is not the secret|cannot decrypt 2 of 2) .* secret adopt/),
  });
});

test('fails for an unreachable mail server, and warns of failed mails', async () => {
  set({ SMTP_URL: 'smtp://127.0.0.1:1' });
  expect((await doctor()).of('Mail')).toMatchObject({
    status: 'failure',
    found: expect.stringMatching(/^the mail server cannot be used: \S/),
  });
  set({ SMTP_URL: '' });
  const { id: projectId } = await getFirstProject();
  const now = new Date();
  const mail = { id: newId(), projectId, kind: 'test', payload: null, attempts: 9, createdAt: now, nextAttemptAt: now };
  await (await db()).outboxMail.create({ data: { ...mail, failedAt: now, lastError: 'EENVELOPE 550' } });
  expect((await doctor()).of('Mail')).toMatchObject({ status: 'warning', advice: 'Last error: EENVELOPE 550' });
  await (await db()).outboxMail.delete({ where: { id: mail.id } });
});

test('warns of logout notices that applications did not accept', async () => {
  const { id: projectId } = await getFirstProject();
  const now = new Date();
  const notice = { id: newId(), projectId, payload: null, attempts: 20, createdAt: now, nextAttemptAt: now };
  await (await db()).logoutNotice.create({ data: { ...notice, failedAt: now, lastError: 'timeout' } });
  expect((await doctor()).of('Applications')).toMatchObject({ status: 'warning', advice: 'Last error: timeout' });
  await (await db()).logoutNotice.delete({ where: { id: notice.id } });
  expect((await doctor()).of('Applications')).toMatchObject({ status: 'ok' });
});

test('warns if the clock is behind the newest event', async () => {
  const ahead = new Date(Date.now() + 3_600_000);
  const { id: projectId } = await getFirstProject();
  const id = idAt(ahead);
  await (await db()).auditEvent.create({
    data: {
      id,
      projectId,
      type: 'project.updated',
      actorKind: 'cli',
      requestId: newId(),
      details: '{}',
      createdAt: ahead,
    },
  });
  expect((await doctor()).of('Clock')).toMatchObject({
    status: 'warning',
    found: expect.stringContaining(ahead.toISOString()),
  });
  await (await db()).auditEvent.delete({ where: { id } });
});

test('warns of a data folder that others can read, and fails for a server that is not ready', async () => {
  await chmod(dataDir, 0o755);
  await serve(503);
  const { code, of } = await doctor();
  expect(code).toBe(1);
  expect(of('Disk')).toMatchObject({ status: 'warning', advice: `Run: chmod 700 ${dataDir}` });
  expect(of('Server')).toMatchObject({ status: 'failure', found: expect.stringContaining('503') });
});

test('without --json: prints one line per check with the advice below', async () => {
  const { out, err } = await signet('doctor');
  expect(out).toMatch(/^WARN {2}Server {5}no response from .*\n.*→ Start it: npm start$/m);
  expect(err).toBe('');
});
