import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { withPostgresql } from '@/testing/empty-database';
import { eventually } from '@/testing/eventually';
import { makeProject } from '@/testing/project';
import { statementsOf } from '@/testing/statements';
import { env } from '../env';
import { newId } from '../ids';
import { closeDb, databaseKind, db } from './client';
import { toDate, toDateText } from './dates';
import { withSchema } from './postgresql-statements';
import { sqliteFile } from './sqlite-file.mjs';
import { toSqlite } from './sqlite-statements';
import { all, first, post, run, statement, statements } from './statement';
import { transaction } from './transaction';
import { isForeignKeyViolation, isMissingTable, isUniqueViolation } from './violations';

type Origin = {
  id: string;
  projectId: string;
  origin: string;
  isPrimary: boolean;
  approval: string | null;
  createdAt: Date;
};
const COLUMNS = `"id", "projectId", "origin", "isPrimary", "approval", "createdAt"`;
const INSERT = statement(
  'test.insert_origin',
  `INSERT INTO "ProjectOrigin" (${COLUMNS}, "host") VALUES ($1, $2, $3, $4, $5, $6, $3)`,
);
const BY_ID = statement<Origin>('test.origin', `SELECT ${COLUMNS} FROM "ProjectOrigin" WHERE "id" = $1`);
const TEXTS = statement<[string, boolean]>(
  'test.origin_texts',
  `SELECT "createdAt", "isPrimary" FROM "ProjectOrigin" WHERE "id" = $1`,
  { dates: 'text', rows: 'arrays' },
);
const SET_APPROVAL = statement('test.approve', `UPDATE "ProjectOrigin" SET "approval" = $2 WHERE "projectId" = $1`);
const COUNT = statement<{ total: number; newest: string | Date }>(
  'test.count_origins',
  `SELECT count(*) AS "total", max("createdAt") AS "newest" FROM "ProjectOrigin" WHERE "projectId" = $1`,
);
const LOGO = statement<{ bytes: Uint8Array }>('test.logo', `SELECT "bytes" FROM "ProjectLogo" WHERE "projectId" = $1`);
const INSERT_LOGO = statement(
  'test.insert_logo',
  `INSERT INTO "ProjectLogo" ("projectId", "mediaType", "bytes", "createdAt") VALUES ($1, 'image/png', $2, $3)`,
);

let projectId: string;
beforeAll(async () => {
  projectId = (await makeProject()).id;
});
const make = (more: Partial<Origin> = {}): Origin => {
  const id = newId();
  const origin = `https://${id}.test`;
  return { id, projectId, origin, isPrimary: false, approval: null, createdAt: new Date(), ...more };
};
const insert = (row: Origin) =>
  transaction((tx) => run(INSERT, [row.id, row.projectId, row.origin, row.isPrimary, row.approval, row.createdAt], tx));

describe('a value', () => {
  test('is written and read as Prisma does', async () => {
    const origin = fc.record({
      isPrimary: fc.boolean(),
      approval: fc.option(fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0'))),
      createdAt: fc.date({ min: new Date('1900-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
    });
    const select = { id: true, projectId: true, origin: true, isPrimary: true, approval: true, createdAt: true };
    await fc.assert(
      fc.asyncProperty(origin, async (fields) => {
        const ours = make(fields);
        await insert(ours);
        const client = await db();
        expect(await client.projectOrigin.findUnique({ where: { id: ours.id }, select })).toEqual(ours);
        const theirs = make(fields);
        await client.projectOrigin.create({ data: { ...theirs, host: theirs.origin } });
        expect(await first(BY_ID, [theirs.id])).toEqual(theirs);
        expect(await first(TEXTS, [theirs.id])).toEqual([fields.createdAt.toJSON(), fields.isPrimary]);
        await client.projectOrigin.deleteMany({ where: { id: { in: [ours.id, theirs.id] } } });
      }),
      { numRuns: 30 },
    );
  });

  test('of bytes round-trips unchanged', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, at) => at);
    await transaction((tx) => run(INSERT_LOGO, [projectId, bytes.subarray(3), new Date()], tx));
    expect((await first(LOGO, [projectId]))?.bytes).toEqual(Buffer.from(bytes.subarray(3)));
  });

  test('that is a count or a date expression has the same form on both databases', async () => {
    const { id } = await makeProject();
    const newest = new Date('2031-05-06T07:08:09.010Z');
    await insert(make({ projectId: id, createdAt: newest }));
    const found = await first(COUNT, [id]);
    expect(found?.total).toBeTypeOf('number');
    expect(toDate(found?.newest ?? '')).toEqual(newest);
  });
});

test.each([
  ['2026-01-31T12:00:00.123+00:00', '2026-01-31T12:00:00.123Z'],
  ['2026-01-31 12:00:00', '2026-01-31T12:00:00.000Z'],
  ['2026-01-31 12:00:00.5', '2026-01-31T12:00:00.500Z'],
  ['2026-01-31T12:00:00.12', '2026-01-31T12:00:00.120Z'],
  ['2026-01-31 12:00:00.123456', '2026-01-31T12:00:00.123Z'],
])('reads the date %s', (text, expected) => {
  expect(toDateText(text)).toBe(expected);
  expect(toDate(text).toJSON()).toBe(expected);
});

describe('a transaction', () => {
  test('isolates its writes, and rolls them back', async () => {
    const row = make();
    const work = transaction(async (tx) => {
      const values = [row.id, row.projectId, row.origin, row.isPrimary, row.approval, row.createdAt];
      expect(await run(INSERT, values, tx)).toBe(1);
      expect(await tx.projectOrigin.count({ where: { id: row.id } })).toBe(1);
      expect(await first(BY_ID, [row.id], tx)).toEqual(row);
      expect(await first(BY_ID, [row.id])).toBeNull();
      throw new Error('undo');
    });
    await expect(work).rejects.toThrow('undo');
    expect(await first(BY_ID, [row.id])).toBeNull();
  });

  test('sends statements one after another', async () => {
    const rows = Array.from({ length: 5 }, () => make());
    for (const row of rows) await insert(row);
    const found = await transaction((tx) => Promise.all(rows.map(({ id }) => first(BY_ID, [id], tx))));
    expect(found).toEqual(rows);
  });

  test('sees what it posted, and fails if a posted write failed', async () => {
    const [kept, undone] = [make(), make()];
    const valuesOf = (row: Origin) => [row.id, row.projectId, row.origin, row.isPrimary, row.approval, row.createdAt];
    const seen = await transaction(async (tx) => {
      post(INSERT, valuesOf(kept), tx);
      return first(BY_ID, [kept.id], tx);
    });
    expect(seen).toEqual(kept);
    const work = transaction(async (tx) => {
      await run(INSERT, valuesOf(undone), tx);
      post(INSERT, valuesOf(kept), tx);
    });
    await expect(work).rejects.toSatisfy((error) => isUniqueViolation(error));
    expect(await first(BY_ID, [undone.id])).toBeNull();
  });

  test('returns the number of rows changed', async () => {
    const { id } = await makeProject();
    await insert(make({ projectId: id }));
    expect(await transaction((tx) => run(SET_APPROVAL, [id, 'dns'], tx))).toBe(2);
    expect(await transaction((tx) => run(SET_APPROVAL, ['none', 'dns'], tx))).toBe(0);
  });

  test('reports violations of constraints', async () => {
    const row = make();
    await insert(row);
    const twice: unknown = await insert({ ...row, id: newId() }).catch((error: unknown) => error);
    expect(isUniqueViolation(twice)).toBe(true);
    expect(isUniqueViolation(twice, 'origin') || isUniqueViolation(twice, 'host')).toBe(true);
    expect(isUniqueViolation(twice, 'projectId')).toBe(false);
    const same: unknown = await insert({ ...make(), id: row.id }).catch((error: unknown) => error);
    expect(isUniqueViolation(same)).toBe(true);
    const lost: unknown = await insert(make({ projectId: 'none' })).catch((error: unknown) => error);
    expect(isForeignKeyViolation(lost)).toBe(true);
    const MISSING = statement('test.missing', 'SELECT 1 FROM "Missing"');
    expect(isMissingTable(await all(MISSING, []).catch((error: unknown) => error))).toBe(true);
  });
});

test('the database client in place of a transaction means no transaction', async () => {
  expect(await first(BY_ID, ['none'], await db())).toBeNull();
});

describe('connections used by statements only', () => {
  const others = `FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
    AND backend_type = 'client backend'`;

  test('close with the client', async () => {
    await closeDb();
    expect(await first(BY_ID, ['none'])).toBeNull();
    await closeDb();
    if (databaseKind() === 'sqlite') {
      expect(existsSync(`${sqliteFile(env().databaseUrl)}-wal`)).toBe(false);
      return;
    }
    await withPostgresql(env().databaseUrl, async (client) => {
      await eventually(async () => expect((await client.query(`SELECT pid ${others}`)).rows).toEqual([]));
    });
  });

  test.runIf(databaseKind() === 'postgresql')('are replaced when the server ends them', async () => {
    await closeDb();
    await first(BY_ID, ['none']);
    await withPostgresql(env().databaseUrl, (client) => client.query(`SELECT pg_terminate_backend(pid) ${others}`));
    await eventually(async () => expect(await first(BY_ID, ['none'])).toBeNull());
  });
});

test('a statement is reported to the listener', async () => {
  expect(await statementsOf(() => first(BY_ID, ['none']))).toEqual([expect.stringContaining('FROM "')]);
});

test('two statements cannot share a name', () => {
  expect(() => statement('test.origin', 'SELECT 1')).toThrow('Two statements are named test.origin');
  expect(statement('test.origin', BY_ID.text, BY_ID.options)).toEqual(BY_ID);
});

describe('every statement of the product', () => {
  const lib = path.resolve(import.meta.dirname, '../..');
  const files = readdirSync(lib, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.ts$/.test(file) && !/\.test\.ts$/.test(file) && /^[^/]+\/repository[./]/.test(file),
  );

  test('is accepted by the database', async () => {
    for (const file of files) await import(path.join(lib, file));
    const ours = statements().filter(({ name }) => !name.startsWith('test.'));
    if (databaseKind() === 'sqlite') {
      const database = new Database(sqliteFile(env().databaseUrl), { readonly: true });
      for (const { text } of ours) database.prepare(toSqlite(text.sqlite).sql);
      database.close();
      return;
    }
    await withPostgresql(env().databaseUrl, async (client) => {
      for (const { text } of ours) {
        await client.query(`PREPARE one AS ${withSchema(text.postgresql, 'public')}`);
        await client.query('DEALLOCATE one');
      }
    });
  });
});
