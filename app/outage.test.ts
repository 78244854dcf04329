import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import * as identities from '@/app/api/admin/identities/route';
import * as token from '@/app/api/oauth2/token/route';
import type { WithSecret } from '@/lib/api-credential/service';
import { closeDb, databaseKind, db } from '@/lib/platform/db/client';
import { sqliteFile } from '@/lib/platform/db/sqlite-file.mjs';
import { env, resetEnv } from '@/lib/platform/env';
import { resetOutageLog } from '@/lib/platform/outage-log';
import { type ApiServer, startApi } from '@/testing/api-server';
import { runOnServer } from '@/testing/database';
import { startDatabaseProxy } from '@/testing/database-proxy';
import { basicHeader, makeClient } from '@/testing/oauth-api';

/** Database outages as seen by clients of the real front server. */
const isPostgresql = databaseKind() === 'postgresql';
let server: ApiServer;
let client: WithSecret;
let bearer: string;
const lines: Array<Record<string, unknown>> = [];

beforeAll(async () => {
  server = await startApi({ '/admin/identities': identities, '/oauth2/token': token });
  client = await makeClient(server.project);
  bearer = (await (await askToken()).json()).access_token;
});
afterAll(() => server.close());
beforeEach(() => {
  vi.stubEnv('LOG_LEVEL', 'warn');
  resetEnv();
  lines.length = 0;
  resetOutageLog();
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(JSON.parse(String(line))) > 0);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  resetEnv();
  await closeDb();
});

const askToken = () =>
  fetch(`${server.origin}/oauth2/token`, {
    method: 'POST',
    headers: { authorization: basicHeader(client), 'content-type': 'application/x-www-form-urlencoded' },
    body: 'grant_type=client_credentials',
  });
const create = (email: string) =>
  fetch(`${server.origin}/admin/identities`, {
    method: 'POST',
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
    body: JSON.stringify({ traits: { email } }),
  });
const list = () => fetch(`${server.origin}/admin/identities`, { headers: { authorization: `Bearer ${bearer}` } });
const ready = () => fetch(`${server.origin}/health/ready`);

async function expectEnvelope(response: Response) {
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
  const { error } = await response.json();
  expect(error).toMatchObject({
    code: 503,
    status: 'Service Unavailable',
    request: response.headers.get('x-request-id'),
  });
}

async function expectOAuthOutage(response: Response) {
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
  expect(response.headers.get('cache-control')).toBe('no-store');
  const body = await response.json();
  expect(body).toEqual({ error: 'temporarily_unavailable', error_description: expect.any(String) });
}

const outages = async () => {
  await new Promise((resolve) => setImmediate(resolve)); // lines are written at the end of a turn
  return lines.filter(({ message }) => message === 'database unavailable');
};

describe.runIf(isPostgresql)('PostgreSQL', () => {
  let proxy: Awaited<ReturnType<typeof startDatabaseProxy>>;
  let direct: string;

  beforeEach(async () => {
    direct = env().databaseUrl;
    proxy = await startDatabaseProxy(direct);
    vi.stubEnv('DATABASE_URL', proxy.url);
    resetEnv();
    await closeDb();
  });
  afterEach(() => proxy.close());

  test.each(['before', 'after'] as const)(
    'a connection cut %s COMMIT executes returns 503 and is not retried',
    async (moment) => {
      expect((await list()).status).toBe(200);
      proxy.cutAtCommit(moment);
      const email = `${moment}@commit.example.com`;
      await expectEnvelope(await create(email));
      expect(proxy.cuts()).toBe(1);
      expect(await outages()).toMatchObject([{ level: 'error', database_code: expect.stringMatching(/./) }]);
      proxy.cutAtCommit(null);
      const there = await (await db()).identifier.count({ where: { value: email } });
      expect(there).toBe(moment === 'after' ? 1 : 0);
      expect((await ready()).status).toBe(200);
    },
  );

  test('an unreachable server returns 503 in the format of each endpoint, also from the front server', async () => {
    proxy.open(false);
    await expectEnvelope(await list());
    await expectEnvelope(await create('nobody@example.com'));
    await expectOAuthOutage(await askToken());
    expect((await ready()).status).toBe(503);
    const page = await fetch(`${server.origin}/login`, { headers: { accept: 'text/html' } });
    expect([page.status, page.headers.get('content-type')]).toEqual([503, 'text/html; charset=utf-8']);
    proxy.open(true);
    expect((await list()).status).toBe(200);
    expect((await ready()).status).toBe(200);
  });

  test('serves reads, refuses writes with 503 and is not ready on a read-only server, such as a standby', async () => {
    const name = new URL(direct).pathname.slice(1);
    await runOnServer(direct, `ALTER DATABASE "${name}" SET default_transaction_read_only = on`);
    try {
      await closeDb();
      expect((await list()).status).toBe(200);
      await expectEnvelope(await create('standby@example.com'));
      expect(await outages()).toMatchObject([{ database_code: '25006' }]);
      const health = await ready();
      expect(health.status).toBe(503);
      expect(await health.json()).toEqual({ status: 'unavailable', reason: 'database takes no writes' });
    } finally {
      const server = new URL(direct);
      server.searchParams.set('options', '-c default_transaction_read_only=off');
      await runOnServer(server.href, `ALTER DATABASE "${name}" RESET default_transaction_read_only`);
      await closeDb();
    }
    expect((await ready()).status).toBe(200);
    expect((await create('standby@example.com')).status).toBe(201);
  });

  test('a server without a free connection returns 503', async () => {
    const name = new URL(direct).pathname.slice(1);
    await runOnServer(direct, `ALTER DATABASE "${name}" CONNECTION LIMIT 0`);
    await runOnServer(
      direct,
      "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'plain') THEN CREATE ROLE plain LOGIN; END IF; END $$",
    );
    try {
      const url = new URL(proxy.url);
      url.username = 'plain'; // superusers bypass connection limits
      vi.stubEnv('DATABASE_URL', url.href);
      resetEnv();
      await closeDb();
      await expectEnvelope(await list());
      await expectOAuthOutage(await askToken());
      expect(await outages()).toMatchObject([{ database_code: '53300' }]);
    } finally {
      await runOnServer(direct, `ALTER DATABASE "${name}" CONNECTION LIMIT -1`);
    }
  });

  test('a hundred failures log one line a second with their number', async () => {
    proxy.open(false);
    await Promise.all(Array.from({ length: 100 }, list));
    expect((await outages()).length).toBeLessThan(50);
    const { length } = await outages();
    await vi.waitFor(
      async () => {
        await list();
        expect((await outages()).length).toBeGreaterThan(length);
      },
      { timeout: 5000, interval: 250 },
    );
    expect((await outages()).at(-1)?.not_logged).toBeGreaterThan(0);
  });
});

describe.runIf(!isPostgresql)('SQLite', () => {
  test('a full disk refuses writes with 503, leaves no partial write and recovers once there is room', async () => {
    const client = await db();
    const [pages] = await client.$queryRawUnsafe<Array<{ page_count: bigint }>>('PRAGMA page_count');
    await client.$queryRawUnsafe(`PRAGMA max_page_count = ${pages?.page_count}`);
    const statuses: number[] = [];
    for (let at = 0; at < 200 && statuses.at(-1) !== 503; at++) {
      const response = await create(`full-${at}@example.com`);
      statuses.push(response.status);
      if (response.status === 503) await expectEnvelope(response);
    }
    expect(statuses.at(-1)).toBe(503);
    expect((await outages()).at(-1)).toMatchObject({ database_code: 'SQLITE_FULL' });
    expect((await list()).status).toBe(200);
    await client.$queryRawUnsafe('PRAGMA max_page_count = 1000000');
    const email = `full-${statuses.length - 1}@example.com`;
    expect((await create(email)).status).toBe(201);
    expect(await client.identifier.count({ where: { value: email } })).toBe(1);
    expect((await ready()).status).toBe(200);
  });

  test('a read-only file refuses writes with 503, and the server is not ready', async () => {
    const client = await db();
    expect((await create('read-only-0@example.com')).status).toBe(201);
    // The write connection behaves as on a read-only file system.
    await client.$queryRawUnsafe('PRAGMA query_only = ON');
    await expectEnvelope(await create('read-only-1@example.com'));
    expect(await outages()).toMatchObject([{ database_code: 'SQLITE_READONLY' }]);
    expect((await list()).status).toBe(200);
    expect((await ready()).status).toBe(503);
    await client.$queryRawUnsafe('PRAGMA query_only = OFF');
    expect((await ready()).status).toBe(200);
    expect((await create('read-only-1@example.com')).status).toBe(201);
  });

  test('a corrupt file returns 503 everywhere and is served again once restored', async () => {
    await closeDb();
    const file = sqliteFile(env().databaseUrl);
    const sound = readFileSync(file);
    writeFileSync(file, Buffer.alloc(sound.length, 'broken'));
    try {
      await expectEnvelope(await list());
      await expectOAuthOutage(await askToken());
      expect(await outages()).toMatchObject([{ database_code: 'SQLITE_NOTADB' }]);
      expect((await ready()).status).toBe(503);
    } finally {
      await closeDb();
      writeFileSync(file, sound);
    }
    expect((await list()).status).toBe(200);
  });
});
