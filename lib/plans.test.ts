import { readdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import type pg from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import { withPostgresql } from '@/testing/empty-database';
import { makeProject } from '@/testing/project';
import { databaseKind, db } from './platform/db/client';
import { withSchema } from './platform/db/postgresql-statements';
import { sqliteFile } from './platform/db/sqlite-file.mjs';
import { toSqlite } from './platform/db/sqlite-statements';
import { type Statement, statements } from './platform/db/statement';
import { env } from './platform/env';

/**
 * The query plan of every statement that repositories declare: none reads a whole table that grows, however many rows
 * there are, with statistics and without.
 */
const SIZES = [100, 3000, 30_000];

/** Tables that grow, referenced ones first. */
const TABLES = [
  ...['ProjectOrigin', 'IdentitySchema', 'Identity', 'Identifier', 'VerifiableAddress', 'RecoveryAddress'],
  ...['EmailChange', 'Passkey', 'Challenge', 'Session', 'KnownBrowser', 'Verification', 'ReturnPath', 'Invitation'],
  ...['Operator', 'SignInAlert'],
  ...['ApiCredential', 'ApiCredentialSecret', 'SigningKey', 'RevokedToken', 'AuditEvent', 'OutboxMail', 'Job'],
  ...['RateLimit', 'IdempotencyKey'],
  ...['Application', 'ApplicationSecret', 'Group', 'GroupMember', 'ApplicationGroup', 'Grant'],
  ...['AuthorizationRequest', 'ApplicationSession', 'AuthorizationCode', 'TokenFamily', 'LogoutNotice'],
];

/** Statements that read a whole table, and why they may. */
const EXCEPTIONS: Record<string, string> = {
  'project.first': 'follows the order of the primary key to the first project',
  'identity.fold_counts': 'a job, over the few counts that it leaves: one a project, and those since its last run',
  'webhook_endpoint.due': 'reads the endpoints of all projects, of which each has a few; their deliveries by an index',
  'signing_key.published': 'reads all keys of a project, of which there are few',
  'application.browser_uris': 'reads all applications of a project, of which there are few',
  'signing_key.any_application': 'reads one of the few applications of a project',
};

let ours: Statement<unknown>[];
let owner: { projects: string[]; organization: string };

beforeAll(async () => {
  const projects = [await makeProject(), await makeProject(), await makeProject()];
  const { organizationId } = await (await db()).project.findUniqueOrThrow({ where: { id: projects[0]?.id ?? '' } });
  owner = { projects: projects.map(({ id }) => id), organization: organizationId };
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.ts$/.test(file) && !/\.test\.ts$/.test(file) && /^[^/]+\/repository[./]/.test(file),
  );
  for (const file of files) await import(path.join(import.meta.dirname, file));
  ours = statements().filter(({ name }) => !name.startsWith('test.') && !(name in EXCEPTIONS));
});

/** Columns that refer to a row, or are referred to. */
const REFERENCE = /^(id|(identity|apiCredential|application|group|session|applicationSession)Id)$/;

/** Rows `from` to `to` of a table: every text contains the number of its row, and every ID is the number. */
function fillSql(table: string, columns: Array<{ name: string; type: string }>, [from, to]: [number, number]): string {
  const [first = '', second = '', third = ''] = owner.projects;
  const project = `CASE n % 3 WHEN 0 THEN '${first}' WHEN 1 THEN '${second}' ELSE '${third}' END`;
  const write = ({ name, type }: { name: string; type: string }): string => {
    if (name === 'projectId') return project;
    if (name === 'organizationId') return `'${owner.organization}'`;
    if (REFERENCE.test(name)) return 'CAST(n AS TEXT)';
    if (/time|date/i.test(type)) return `'2026-06-01T00:00:00.000+00:00'`;
    if (/bool/i.test(type)) return 'n % 2 = 0';
    if (/int/i.test(type)) return 'n % 100';
    if (/blob|bytea/i.test(type)) return "''";
    return `'${name}' || n`;
  };
  return `INSERT INTO "${table}" (${columns.map(({ name }) => `"${name}"`).join(', ')})
    WITH RECURSIVE s(n) AS (SELECT ${from} UNION ALL SELECT n + 1 FROM s WHERE n < ${to})
    SELECT ${columns.map(write).join(', ')} FROM s`;
}

describe.runIf(databaseKind() === 'sqlite')('on SQLite, no statement scans a table', () => {
  const open = () => new Database(sqliteFile(env().databaseUrl));
  const fill = (database: Database.Database, span: [number, number]) =>
    database.transaction(() => {
      for (const table of TABLES) {
        const columns = database.pragma(`table_info("${table}")`) as Array<{ name: string; type: string }>;
        database.exec(fillSql(table, columns, span));
      }
    })();
  /** `h`, `m` and `always` are subqueries; a virtual table is a list of values or the index of trigrams. */
  const SCAN = /^SCAN (?!.*VIRTUAL TABLE|CONSTANT ROW|(h|m|always)$)/;
  const scans = (database: Database.Database) =>
    ours.flatMap(({ name, text }) => {
      const { sql } = toSqlite(text.sqlite);
      const values = sql
        .split('?')
        .slice(1)
        .map(() => 'x');
      const steps = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as Array<{ detail: string }>;
      return steps.filter(({ detail }) => SCAN.test(detail)).map(({ detail }) => `${name}: ${detail}`);
    });

  test('without statistics', () => {
    const database = open();
    database.exec('ANALYZE sqlite_schema; DROP TABLE IF EXISTS sqlite_stat1');
    expect(scans(database)).toEqual([]);
    database.close();
  });

  test('with statistics of few and many rows', () => {
    let filled = 0;
    for (const size of SIZES) {
      const database = open();
      fill(database, [filled + 1, size]);
      filled = size;
      database.exec('ANALYZE');
      database.close();
      const reader = open();
      expect(scans(reader)).toEqual([]);
      reader.close();
    }
  }, 120_000);
});

describe.runIf(databaseKind() === 'postgresql')('on PostgreSQL, no statement scans a table', () => {
  const fill = async (client: pg.Client, span: [number, number]) => {
    for (const table of TABLES) {
      const { rows } = await client.query(
        `SELECT column_name AS name, data_type AS type FROM information_schema.columns
         WHERE table_schema = 'public' AND table_name = $1`,
        [table],
      );
      await client.query(fillSql(table, rows, span).replaceAll(/'2026[^']*'/g, '$&::timestamp'));
    }
  };
  const SCAN = /Seq Scan on "?([A-Z]\w*)/;
  const scans = async (client: pg.Client) => {
    const found: string[] = [];
    for (const { name, text } of ours) {
      await client.query(`PREPARE one AS ${withSchema(text.postgresql, 'public')}`);
      const count = Math.max(0, ...[...text.postgresql.matchAll(/\$(\d+)/g)].map(([, at]) => Number(at)));
      const values = count === 0 ? '' : `(${Array.from({ length: count }, () => 'NULL').join(', ')})`;
      const { rows } = await client.query(`EXPLAIN EXECUTE one${values}`);
      await client.query('DEALLOCATE one');
      for (const row of rows) {
        const [, table] = SCAN.exec(row['QUERY PLAN']) ?? [];
        if (table && TABLES.includes(table)) found.push(`${name}: ${row['QUERY PLAN'].trim()}`);
      }
    }
    return found;
  };

  test(
    'with few and many rows, before and after ANALYZE',
    () =>
      withPostgresql(env().databaseUrl, async (client) => {
        await client.query('SET plan_cache_mode = force_generic_plan');
        await client.query('SET session_replication_role = replica'); // no triggers: only the rows matter
        let filled = 0;
        for (const size of SIZES) {
          // A scan of a small table is right if an index would do as well.
          await client.query(`SET enable_seqscan = ${size === SIZES.at(-1) ? 'on' : 'off'}`);
          await fill(client, [filled + 1, size]);
          filled = size;
          expect(await scans(client)).toEqual([]);
          await client.query('ANALYZE');
          expect(await scans(client)).toEqual([]);
        }
      }),
    120_000,
  );
});
