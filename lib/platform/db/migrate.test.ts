import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import pg from 'pg';
import { beforeEach, describe, expect, inject, test } from 'vitest';
import { env } from '@/lib/platform/env';
import { runOnServer } from '@/testing/database';
import { migrate } from './migrate';
import { readMigrations } from './migrations';
import { sqliteFile } from './sqlite-file.mjs';
import { STEPS } from './steps';

let url: string;
beforeEach(async () => {
  url = await emptyDatabase();
});

test('a step follows the SQL of a migration that both databases have', () => {
  const names = (['sqlite', 'postgresql'] as const).map((kind) => readMigrations(kind).map(({ name }) => name));
  for (const name of Object.keys(STEPS)) expect(names).toEqual(names.map(() => expect.arrayContaining([name])));
});

describe('an empty database', () => {
  test('gets every migration, reported by name, and none the second time', async () => {
    const names: string[] = [];
    const count = await migrate(url, { onApplied: (name) => names.push(name) });
    expect(names.length).toBe(count);
    expect(names.at(0)).toMatch(/^\d{14}_initial$/);
    expect([...names].sort()).toEqual(names);
    expect(await migrate(url)).toBe(0);
  });

  test('is migrated once by several concurrent starts: each migration is finished by one of them', async () => {
    const names: string[] = [];
    const counts = await Promise.all([1, 2, 3, 4].map(() => migrate(url, { onApplied: (name) => names.push(name) })));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(names.length);
    expect([...new Set(names)].sort()).toEqual(names);
    expect(await migrate(url)).toBe(0);
  });
});

describe('an incompatible database is left unchanged', () => {
  beforeEach(async () => {
    await migrate(url);
  });

  test('when a migration was changed after it was applied', async () => {
    await execute(`UPDATE _prisma_migrations SET checksum = 'another'`);
    await expect(migrate(url)).rejects.toThrow(/was changed after it had been applied/);
  });

  test('when an earlier run was interrupted', async () => {
    await execute('UPDATE _prisma_migrations SET finished_at = NULL');
    await expect(migrate(url)).rejects.toThrow(/failed earlier/);
  });

  test('when a newer version of Signet migrated it', async () => {
    await execute(`INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at)
      VALUES ('x', 'x', '99990101000000_from_the_future', CURRENT_TIMESTAMP)`);
    await expect(migrate(url)).rejects.toThrow(/newer than this version.*99990101000000_from_the_future/);
  });

  test('when a development version migrated it, which is not called newer', async () => {
    await execute(`UPDATE _prisma_migrations SET migration_name = '20251231000000_tried_out'`);
    await expect(migrate(url)).rejects.toThrow(/development version.*20251231000000_tried_out is in no release/);
  });
});

describe("another program's database is left unchanged and named", () => {
  const named = (reason: string) =>
    new RegExp(`(${url.startsWith('file:') ? sqliteFile(url) : new URL(url).pathname}).*${reason}`);

  test('when it has migrations of Prisma', async () => {
    await execute(`CREATE TABLE _prisma_migrations (id TEXT, checksum TEXT, finished_at TEXT, rolled_back_at TEXT,
      migration_name TEXT); INSERT INTO _prisma_migrations VALUES ('x', 'x', 'x', NULL, '20990101000000_init')`);
    await expect(migrate(url)).rejects.toThrow(named('belongs to another program.*20990101000000_init'));
  });

  test('when it has a table of the same name', async () => {
    await execute('CREATE TABLE "Session" (x INTEGER)');
    await expect(migrate(url)).rejects.toThrow(named('already contains "Session" of another program'));
    await expect(select('SELECT * FROM "_prisma_migrations"')).rejects.toThrow(/_prisma_migrations/);
    if (url.startsWith('file:')) expect(await select('PRAGMA journal_mode')).toEqual([{ journal_mode: 'delete' }]);
  });
});

test('a file that is not a database is named', async () => {
  if (!url.startsWith('file:')) return;
  writeFileSync(sqliteFile(url), 'something else, long enough to be read as the head of a database'.repeat(20));
  await expect(migrate(url)).rejects.toThrow(`${sqliteFile(url)}: file is not a database`);
});

describe('a database of 0.1.0', () => {
  const NOW = "'2026-01-01 00:00:00'";
  const credential = (id: string, permission: string) =>
    `INSERT INTO "ApiCredential" ("id", "projectId", "clientId", "name", "authMethod", "permission", "audiences",
      "createdAt", "updatedAt") VALUES ('${id}', 'p', 'sc_${id}', 'x', 'client_secret_basic', '${permission}', '[]', ${NOW}, ${NOW})`;

  test('each API credential keeps exactly its permissions, and no organization requires a passkey', async () => {
    const [initial] = readMigrations(url.startsWith('file:') ? 'sqlite' : 'postgresql');
    await execute(initial?.sql ?? '');
    await execute(`CREATE TABLE "_prisma_migrations" ("id" VARCHAR(36) PRIMARY KEY NOT NULL, "checksum" VARCHAR(64) NOT NULL,
      "finished_at" TIMESTAMP, "migration_name" VARCHAR(255) NOT NULL, "logs" TEXT, "rolled_back_at" TIMESTAMP,
      "started_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, "applied_steps_count" INTEGER NOT NULL DEFAULT 0)`);
    await execute(`INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "finished_at")
      VALUES ('1', '${initial?.checksum}', '${initial?.name}', ${NOW})`);
    await execute(`INSERT INTO "Organization" ("id", "name", "slug", "createdAt", "updatedAt")
      VALUES ('o', 'Acme', 'acme', ${NOW}, ${NOW})`);
    await execute(`INSERT INTO "Project" ("id", "organizationId", "name", "slug", "registration", "sessionIdleSeconds",
      "sessionLifetimeSeconds", "createdAt", "updatedAt") VALUES ('p', 'o', 'Acme', 'acme', 'closed', 1, 1, ${NOW}, ${NOW})`);
    for (const [id, permission] of [
      ['1', 'full'],
      ['2', 'read'],
      ['3', 'unheard'],
    ] as const)
      await execute(credential(id, permission));
    await migrate(url);
    const full =
      '["identities:read","identities:write","credentials:read","credentials:write","sessions:read","sessions:write","recovery:write","schemas:write","audit:read"]';
    const read = '["identities:read","credentials:read","sessions:read","audit:read"]';
    expect(await select('SELECT "id", "scopes" FROM "ApiCredential" ORDER BY "id"')).toEqual([
      { id: '1', scopes: full },
      { id: '2', scopes: read },
      { id: '3', scopes: read },
    ]);
    const [organization] = await select('SELECT "consoleNeedsPasskey" AS needed FROM "Organization"');
    expect(Boolean(organization?.needed)).toBe(false);
  });
});

async function emptyDatabase(): Promise<string> {
  const template = inject('databaseTemplate');
  const name = `empty_${crypto.randomUUID().replaceAll('-', '')}`;
  if (template.kind === 'sqlite') {
    const dir = path.join(env().dataDir, name);
    mkdirSync(dir);
    return `file:${path.join(dir, 'signet.db')}`;
  }
  await runOnServer(template.serverUrl, `CREATE DATABASE ${name}`);
  return Object.assign(new URL(template.serverUrl), { pathname: `/${name}` }).href;
}

async function select(sql: string): Promise<Array<Record<string, unknown>>> {
  if (url.startsWith('file:')) {
    const database = new Database(sqliteFile(url));
    const rows = database.prepare<[], Record<string, unknown>>(sql).all();
    database.close();
    return rows;
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows;
}

async function execute(sql: string): Promise<void> {
  if (url.startsWith('file:')) {
    const database = new Database(sqliteFile(url));
    database.exec(sql);
    database.close();
    return;
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql);
  await client.end();
}
