import { afterEach, beforeEach, describe, expect, inject, test, vi } from 'vitest';
import { countByMethod } from '@/lib/audit/repository';
import { countHolders } from '@/lib/credential/repository';
import { ensureFirstProject } from '@/lib/project/service';
import { emptyPostgresql, relationsIn, withPostgresql } from '@/testing/empty-database';
import { type Pooler, startPooler } from '@/testing/pooler';
import { env, resetEnv } from '../env';
import { newId } from '../ids';
import { closeDb, db } from './client';
import { migrate, pendingMigrations } from './migrate';

/** The schema Signet uses, beside other programs, however it is named. */
describe.runIf(inject('databaseTemplate').kind === 'postgresql')('a schema of PostgreSQL', () => {
  let url: string;
  const withParameter = (name: string, value: string) => {
    const changed = new URL(url);
    changed.searchParams.set(name, value);
    return changed.href;
  };
  const run = (sql: string) => withPostgresql(url, (client) => client.query(sql));
  const newRole = async (setting: (role: string) => string) => {
    const role = `role_${newId().replaceAll('-', '')}`;
    await run(`CREATE ROLE ${role} LOGIN SUPERUSER; ${setting(role)}`);
    return Object.assign(new URL(url), { username: role }).href;
  };
  const start = async (databaseUrl: string) => {
    vi.stubEnv('DATABASE_URL', databaseUrl);
    resetEnv();
    await migrate(env().databaseUrl);
    await ensureFirstProject('http://localhost:3000');
    const { id } = await (await db()).project.findFirstOrThrow();
    const now = new Date();
    await countByMethod(id, 'session.started', now, now);
    await countHolders(id);
    await (await db()).$transaction((tx) => tx.project.findFirst({ include: { organization: true, schemas: true } }));
  };
  const expectRefused = async (databaseUrl: string, reason: RegExp) => {
    const before = await relationsIn(url);
    await expect(migrate(databaseUrl)).rejects.toThrow(reason);
    await expect(pendingMigrations(databaseUrl)).rejects.toThrow(reason);
    expect(await relationsIn(url)).toEqual(before);
  };

  beforeEach(async () => {
    await closeDb();
    url = await emptyPostgresql();
  });
  afterEach(async () => {
    await closeDb();
    vi.unstubAllEnvs();
    resetEnv();
  });

  const WAYS: Array<[string, (schema: string) => Promise<string> | string]> = [
    ['?schema=, which is made', (schema) => withParameter('schema', schema)],
    [
      '?options=-c search_path',
      async (schema) => {
        await run(`CREATE SCHEMA "${schema}"`);
        return withParameter('options', `-c search_path="${schema.replaceAll(' ', '\\ ')}",public`);
      },
    ],
    [
      'the role’s search_path',
      async (schema) => {
        await run(`CREATE SCHEMA "${schema}"`);
        return newRole((role) => `ALTER ROLE ${role} SET search_path = "${schema}", public`);
      },
    ],
    [
      'the database’s search_path',
      async (schema) => {
        const database = new URL(url).pathname.slice(1);
        await run(`CREATE SCHEMA "${schema}"; ALTER DATABASE ${database} SET search_path = "${schema}"`);
        return url;
      },
    ],
  ];

  test.each(WAYS)(
    'named by %s is migrated and queried, and other programs’ tables are left unchanged',
    async (_, nameIt) => {
      await run('CREATE TABLE public."Project" (x int); CREATE TABLE public._prisma_migrations (migration_name text)');
      const schema = 'My schema-1';
      const before = await relationsIn(url);
      await start(await nameIt(schema));
      const added = (await relationsIn(url)).filter((name) => !before.includes(name));
      expect(added).toContain(`${schema}.Project`);
      expect(added.filter((name) => !name.startsWith(`${schema}.`))).toEqual([]);
    },
  );

  test('is the first of the search path, "public" by default', async () => {
    await start(url);
    expect(await relationsIn(url)).toContain('public.Project');
    expect(await pendingMigrations(withParameter('schema', 'public'))).toEqual([]);
  });

  test('two of them are two installations', async () => {
    await start(withParameter('schema', 'one'));
    await closeDb();
    await start(withParameter('schema', 'two'));
    const count = async (schema: string) =>
      (await withPostgresql(url, (client) => client.query(`SELECT 1 FROM "${schema}"."Project"`))).rowCount;
    expect([await count('one'), await count('two')]).toEqual([1, 1]);
  });

  test.each(['a,b', 'pg_mine', 'information_schema', 'a"b', '', 'x'.repeat(64)])(
    'must have a plain name: %j is refused',
    async (schema) => {
      await expectRefused(withParameter('schema', schema), /is not a valid schema name/);
    },
  );

  test('in which the role may not create is named, with the refused statement', async () => {
    const role = `plain_${newId().replaceAll('-', '')}`;
    await run(`CREATE ROLE ${role} LOGIN`);
    const plain = Object.assign(new URL(url), { username: role }).href;
    await expect(migrate(plain)).rejects.toThrow(/schema "public": permission denied for schema public/);
    await expect(migrate(`${plain}?schema=mine`)).rejects.toThrow(/schema "mine": permission denied for database/);
  });

  test('named by the search path but missing is refused', async () => {
    await expectRefused(withParameter('options', '-c search_path=nowhere'), /no schema in the search_path exists/);
  });

  test('that belongs to another program with migrations of Prisma is refused', async () => {
    await run(`CREATE TABLE _prisma_migrations AS SELECT 'x' AS id, 'x' AS checksum, now() AS finished_at,
      '20990101000000_init' AS migration_name, NULL::timestamptz AS rolled_back_at; CREATE TABLE "Project" (x int)`);
    await expectRefused(url, /schema "public" belongs to another program.*\?schema=signet/);
  });

  test('in which another program has a table of the same name is refused; other names are accepted', async () => {
    await run('CREATE TABLE users (x int); CREATE TABLE "Session" (x int)');
    await expectRefused(url, /schema "public" already contains "Session" of another program.*\?schema=signet/);
    await run('DROP TABLE "Session"');
    await start(url);
  });

  test('that precedes the one with the data is refused, until one is named', async () => {
    await start(url);
    await closeDb();
    const role = await newRole((name) => `CREATE SCHEMA ${name}`);
    await expectRefused(role, /comes first in the search_path.*\?schema=public/);
    const named = new URL(role);
    named.searchParams.set('schema', 'public');
    expect(await pendingMigrations(named.href)).toEqual([]);
  });

  describe('behind a pooler in transaction mode', () => {
    let pooler: Pooler;
    beforeEach(async () => {
      pooler = await startPooler(url);
      url = pooler.url;
    });
    afterEach(async () => {
      await closeDb();
      await pooler.stop();
    });

    test('may differ from "public"', async () => {
      await start(withParameter('schema', 'behind'));
      expect((await relationsIn(url)).filter((name) => !name.startsWith('behind.'))).toEqual([]);
    });

    test('cannot be named by options that the pooler drops', async () => {
      const lenient = await startPooler(url, 0, ['options', 'statement_timeout']);
      const named = new URL(lenient.url);
      await run('CREATE SCHEMA x');
      named.searchParams.set('options', '-c statement_timeout=9000 -csearch_path=x');
      await expectRefused(named.href, /the pooler drops "options".*\?schema=/);
      await lenient.stop();
    });

    test('cannot be named by options that the pooler refuses', async () => {
      await expectRefused(withParameter('options', '-c search_path=x'), /the pooler refuses "options".*\?schema=/);
    });
  });
});
