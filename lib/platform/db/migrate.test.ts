import { mkdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import pg from 'pg';
import { beforeEach, describe, expect, inject, test } from 'vitest';
import { env } from '@/lib/platform/env';
import { runOnServer } from '@/lib/platform/testing/database';
import { migrate } from './migrate';
import { readMigrations } from './migrations';
import { sqliteFile } from './sqlite-file.mjs';

let url: string;
beforeEach(async () => {
  url = await emptyDatabase();
});

describe('an empty database', () => {
  test('gets every migration, told by name, and the second time none', async () => {
    const names: string[] = [];
    const count = await migrate(url, { onApplied: (name) => names.push(name) });
    expect(names.length).toBe(count);
    expect(names.at(0)).toMatch(/^\d{14}_initial$/);
    expect([...names].sort()).toEqual(names);
    expect(await migrate(url)).toBe(0);
  });

  test('is migrated by one of several starts at once, while the others wait for it', async () => {
    const counts = await Promise.all([1, 2, 3, 4].map(() => migrate(url)));
    expect(counts.filter((count) => count > 0)).toHaveLength(1);
  });
});

describe('a database that does not fit is left as it is', () => {
  beforeEach(async () => {
    await migrate(url);
  });

  test('when a migration was changed after it had been applied', async () => {
    await execute(`UPDATE _prisma_migrations SET checksum = 'another'`);
    await expect(migrate(url)).rejects.toThrow(/was changed after it had been applied/);
  });

  test('when an earlier run stopped in the middle', async () => {
    await execute('UPDATE _prisma_migrations SET finished_at = NULL');
    await expect(migrate(url)).rejects.toThrow(/failed earlier/);
  });

  test('when a newer version of Signet has migrated it', async () => {
    await execute(`INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at)
      VALUES ('x', 'x', '99990101000000_from_the_future', CURRENT_TIMESTAMP)`);
    await expect(migrate(url)).rejects.toThrow(/newer than this version.*99990101000000_from_the_future/);
  });
});

describe('a database of 0.1.0', () => {
  const NOW = "'2026-01-01 00:00:00'";
  const credential = (id: string, permission: string) =>
    `INSERT INTO "ApiCredential" ("id", "projectId", "clientId", "name", "authMethod", "permission", "audiences",
      "createdAt", "updatedAt") VALUES ('${id}', 'p', 'sc_${id}', 'x', 'client_secret_basic', '${permission}', '[]', ${NOW}, ${NOW})`;

  test('each API credential keeps exactly what it could do, and no organization asks for a passkey', async () => {
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
