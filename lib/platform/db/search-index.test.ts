import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createIdentities, searchIdentities } from '@/lib/identity/service';
import { temporaryFolder } from '@/testing/database';
import { emptyPostgresql, withPostgresql } from '@/testing/empty-database';
import { makeProject } from '@/testing/project';
import { cliActor } from '../actor';
import { env, resetEnv } from '../env';
import { backUpSqlite } from './backup';
import { closeDb, databaseKind } from './client';
import { migrate } from './migrate';
import { refreshStatistics } from './planner';
import { prepareSearch } from './search-index';
import { sqliteFile } from './sqlite-file.mjs';
import { trigramQuery } from './trigrams';

const folder = temporaryFolder();
afterAll(() => folder.remove());
const isSqlite = databaseKind() === 'sqlite';

/** Fills the queue until its rows enter the index. */
const ENTER_ALL = `INSERT INTO "IdentitySearchQueue" ("position", "rowOfIdentity") VALUES (256, 0)`;

describe.runIf(isSqlite)('on SQLite', () => {
  let projectId: string;
  beforeAll(async () => {
    ({ id: projectId } = await makeProject());
  });
  const find = async (words: string) => {
    const page = {
      cursor: { edge: 'first', place: null },
      limit: 10,
      sort: 'created',
      direction: 'ascending',
    } as const;
    return (await searchIdentities(projectId, { words, ...page })).identities.map(({ id }) => id);
  };
  const change = (sql: string) => {
    const database = new Database(sqliteFile(env().databaseUrl));
    database.exec(sql);
    database.close();
  };

  test('values that a plain ANALYZE has sampled are dropped at startup', async () => {
    change('ANALYZE');
    await prepareSearch(env().databaseUrl);
    const database = new Database(sqliteFile(env().databaseUrl), { readonly: true });
    expect(database.prepare('SELECT count(*) FROM sqlite_stat4').pluck().get()).toBe(0);
    expect(database.prepare('SELECT count(*) FROM sqlite_stat1').pluck().get()).toBeGreaterThan(0);
    database.close();
  });

  test('an index whose rowids do not match is rebuilt', async () => {
    const people = Array.from({ length: 1100 }, (_, at) => ({ traits: { email: `person.${at}@example.com` } }));
    const ids = (await createIdentities(cliActor(projectId), people)).map((made) => ('id' in made ? made.id : ''));
    const last = ids.at(-1) ?? '';
    await closeDb();
    change(`DELETE FROM "IdentitySearchQueue"; INSERT INTO "IdentitySearch" ("IdentitySearch") VALUES ('delete-all')`);
    expect(await find('1099')).toEqual([]); // beyond the probe
    await closeDb();
    expect(await prepareSearch(env().databaseUrl)).toBeNull();
    expect(await find('1099')).toEqual([last]);
  });

  test('finds the same in a database that was vacuumed, and in a backup, without being rebuilt', async () => {
    const people = Array.from({ length: 1600 }, (_, at) => ({ traits: { email: `kept.${at}@example.com` } }));
    const ids = (await createIdentities(cliActor(projectId), people)).map((made) => ('id' in made ? made.id : ''));
    await closeDb();
    change(`DELETE FROM "Identity" WHERE "searchText" LIKE '%kept.1_@%' OR "searchText" LIKE '%kept.2%@%'`); // gaps
    change('VACUUM');
    expect(await find('kept.1599')).toEqual([ids[1599]]);
    const copy = path.join(folder.dir, 'copy.db');
    await backUpSqlite(env().databaseUrl, copy);
    await closeDb();
    vi.stubEnv('DATABASE_URL', `file:${copy}`);
    resetEnv();
    expect(await find('kept.1599')).toEqual([ids[1599]]);
    expect(await find('kept.1500')).toEqual([ids[1500]]);
    expect(await find('kept.2')).toEqual([]);
    await closeDb();
    vi.unstubAllEnvs();
    resetEnv();
  });

  test('a word of the characters that stand for another project stays in its own project', async () => {
    const other = await makeProject();
    const [token = ''] = trigramQuery(other.id, ['abc'])?.match(/[\ue000-\uf8ff]{3}/) ?? [];
    expect(token).toHaveLength(3);
    await createIdentities(cliActor(other.id), [{ traits: { email: 'other@example.com' } }]);
    const mine = { traits: { email: 'mine@example.com', name: { first: `x${token}mine` } } };
    const [made] = await createIdentities(cliActor(projectId), [mine]);
    change(ENTER_ALL);
    expect(await find(`${token}mine`)).toEqual([made && 'id' in made ? made.id : '']);
    expect(await find(`${token}other`)).toEqual([]);
    expect(await find(`${token}"mine`)).toEqual([]);
  });

  test('the planner has statistics', async () => {
    await refreshStatistics();
    const database = new Database(sqliteFile(env().databaseUrl), { readonly: true });
    const rows = database.prepare(`SELECT idx FROM sqlite_stat1 WHERE tbl = 'Identity'`).pluck().all();
    database.close();
    expect(rows).toContain('Identity_projectId_id_idx');
  });
});

describe.runIf(!isSqlite)('on PostgreSQL', () => {
  const indexes = (url: string) =>
    withPostgresql(url, async (client) => {
      const { rows } = await client.query(
        `SELECT schemaname FROM pg_indexes WHERE indexname = 'Identity_trigram_idx' ORDER BY 1`,
      );
      return rows.map(({ schemaname }) => schemaname);
    });

  test('is created once per schema, however many processes start', async () => {
    const url = await emptyPostgresql();
    const other = `${url}?schema=other`;
    for (const each of [url, other]) await migrate(each);
    expect(await Promise.all([url, url, url].map(prepareSearch))).toEqual([null, null, null]);
    expect(await prepareSearch(other)).toBeNull();
    expect(await indexes(url)).toEqual(['other', 'public']);
  });

  test('replaces an invalid index left by an interrupted start', async () => {
    const url = await emptyPostgresql();
    await migrate(url);
    await prepareSearch(url);
    await withPostgresql(url, (client) =>
      client.query(`UPDATE pg_index SET indisvalid = false WHERE indexrelid = '"Identity_trigram_idx"'::regclass`),
    );
    expect(await prepareSearch(url)).toBeNull();
    expect(await indexes(url)).toEqual(['public']);
  });

  test('reports why it is missing when the role may not create extensions', async () => {
    const url = await emptyPostgresql();
    const role = `weak_${crypto.randomUUID().replaceAll('-', '')}`;
    await withPostgresql(url, async (client) => {
      await client.query(`CREATE ROLE ${role} LOGIN`);
      await client.query(`CREATE SCHEMA ${role} AUTHORIZATION ${role}`);
    });
    const weak = Object.assign(new URL(`${url}?schema=${role}`), { username: role }).href;
    await migrate(weak);
    expect(await prepareSearch(weak)).toMatch(/permission denied/);
    expect(await indexes(url)).toEqual([]);
  });
});
