import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { temporaryFolder } from '@/testing/database';
import type { OpenTransaction } from './open-transaction';
import { SqliteWriter } from './sqlite-writer';
import { statement } from './statement';
import { isForeignKeyViolation, isOverload, isUniqueViolation } from './violations';

const INSERT = statement('test.insert_row', 'INSERT INTO "Row" ("id", "parent") VALUES ($1, $2)');
const COUNT = statement<{ total: number }>('test.count_rows', 'SELECT count(*) AS "total" FROM "Row"');
const WAIT_MILLIS = 8000;

/** Counts the transactions it commits. */
class CountingDatabase extends Database {
  commits = 0;
  override prepare = ((sql: string) => {
    const prepared = super.prepare(sql);
    if (sql !== 'COMMIT') return prepared;
    return {
      run: () => {
        this.commits += 1;
        return prepared.run();
      },
    };
  }) as never;
}

const folder = temporaryFolder();
let count = 0;
let file: string;
let database: CountingDatabase;
let elsewhere: Database.Database;
let writer: SqliteWriter;

const withoutGuest = () => {
  throw new Error('no guest');
};
const open = (waitMillis = WAIT_MILLIS, groupMillis = Number.POSITIVE_INFINITY) =>
  new SqliteWriter(database, withoutGuest, { waitMillis, groupMillis });
const insert = (id: string, parent: string | null = null) => writer.enqueue((on) => on.run(INSERT, [id, parent]));
const insertMany = (names: string[]) => Promise.allSettled(names.map((name) => insert(name)));
const ids = () => elsewhere.prepare('SELECT "id" FROM "Row" ORDER BY rowid').pluck().all();
const named = (name: string, size: number) => Array.from({ length: size }, (_, at) => `${name}-${at}`);
const failureOf = (work: Promise<unknown>) => work.catch((error: unknown) => error);

beforeEach(() => {
  file = path.join(folder.dir, `${++count}.db`);
  database = new CountingDatabase(file, { timeout: 0 });
  database.pragma('journal_mode = WAL');
  database.pragma('foreign_keys = ON');
  database.exec('CREATE TABLE "Row" ("id" TEXT PRIMARY KEY, "parent" TEXT REFERENCES "Row" ("id"))');
  elsewhere = new Database(file, { timeout: 0 }); // like another process
  writer = open();
});
afterEach(() => {
  database.close();
  elsewhere.close();
});

describe('a group', () => {
  test('is what arrives in one turn of the event loop, in order of arrival, and at most 64', async () => {
    const names = named('row', 150);
    await insertMany(names);
    expect(ids()).toEqual(names);
    expect(database.commits).toBe(3);
  });

  test('has at least eight writes under 64 busy writers', async () => {
    const rounds = 10;
    const busy = async (name: string) => {
      for (const id of named(name, rounds)) await insert(id);
    };
    await Promise.all(named('writer', 64).map(busy));
    expect(ids()).toHaveLength(64 * rounds);
    expect(database.commits).toBeLessThanOrEqual((64 * rounds) / 8);
  });

  test('answers after its COMMIT', async () => {
    const seen: unknown[] = [];
    await Promise.all(named('row', 3).map((id) => insert(id).then(() => seen.push(ids().length))));
    expect(seen).toEqual([3, 3, 3]);
  });

  test('ends when its time has passed', async () => {
    writer = open(WAIT_MILLIS, -1);
    await insertMany(named('row', 5));
    expect(ids()).toHaveLength(5);
    expect(database.commits).toBe(5);
  });

  test('lets a write see the earlier ones', async () => {
    const before = insert('row');
    const [found] = await writer.enqueue((on) => on.all(COUNT, []));
    await before;
    expect(found).toEqual({ total: 1 });
    expect(database.commits).toBe(1);
  });

  test('waits for a slow write, and for nothing else', async () => {
    const slow = writer.enqueue(async (on) => {
      await new Promise((resolve) => setImmediate(resolve));
      return on.run(INSERT, ['slow', null]);
    });
    await Promise.all([slow, insert('next')]);
    expect(ids()).toEqual(['slow', 'next']);
    expect(database.commits).toBe(1);
  });
});

describe('a write that fails', () => {
  const failing = async (on: OpenTransaction) => {
    await on.run(INSERT, ['undone', null]);
    throw new Error('undo');
  };

  test('is rolled back, and the others of its group are not', async () => {
    const outcomes = await Promise.allSettled([insert('a'), writer.enqueue(failing), insert('b'), insert('a')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected']);
    expect(outcomes[3]).toMatchObject({ reason: expect.toSatisfy((error) => isUniqueViolation(error, 'id')) });
    expect(ids()).toEqual(['a', 'b']);
    expect(database.commits).toBe(1);
  });

  test('is rolled back when it is alone', async () => {
    await expect(writer.enqueue(failing)).rejects.toThrow('undo');
    expect(ids()).toEqual([]);
  });

  test('runs no hook; the others run theirs after the COMMIT', async () => {
    const seen: unknown[] = [];
    const hooked = (name: string, work: (on: OpenTransaction) => Promise<unknown>) =>
      writer.enqueue((on) => {
        on.addHook(() => seen.push(name, ids().length));
        return work(on);
      });
    await Promise.allSettled([hooked('kept', (on) => on.run(INSERT, ['kept', null])), hooked('undone', failing)]);
    expect(seen).toEqual(['kept', 1]);
  });

  test('before it changed anything does not repeat its group', async () => {
    let runs = 0;
    const counted = writer.enqueue(async (on) => {
      runs += 1;
      await on.run(INSERT, ['a', null]);
    });
    const refused = writer.enqueue(async (on) => {
      await on.all(COUNT, []);
      throw new Error('refused');
    });
    await expect(refused).rejects.toThrow('refused');
    await counted;
    expect([runs, ids()]).toEqual([1, ['a']]);
  });

  test('after a change repeats its group, unless one of it cannot be repeated', async () => {
    let runs = 0;
    const counted = (name: string, manner?: 'once') =>
      writer.enqueue(async (on) => {
        runs += 1;
        await on.run(INSERT, [name, null]);
      }, manner);
    await Promise.allSettled([counted('once', 'once'), writer.enqueue(failing)]);
    expect(runs).toBe(1);
    await Promise.allSettled([counted('twice'), writer.enqueue(failing)]);
    expect(runs).toBe(3);
    await Promise.allSettled([counted('with a savepoint'), writer.enqueue(failing)]);
    expect(runs).toBe(4);
    expect(ids()).toEqual(['once', 'twice', 'with a savepoint']);
  });

  test('by a posted statement is rolled back', async () => {
    const posting = writer.enqueue(async (on) => on.post(INSERT, ['a', 'missing']));
    await expect(posting).rejects.toSatisfy(isForeignKeyViolation);
    const [first, second] = [writer.enqueue(async (on) => on.post(INSERT, ['b', null])), insert('b')];
    await first;
    await expect(second).rejects.toSatisfy((error) => isUniqueViolation(error, 'id'));
    expect(ids()).toEqual(['b']);
  });

  test('cannot use its transaction afterwards', async () => {
    let left: OpenTransaction | undefined;
    await failureOf(
      writer.enqueue(async (on) => {
        left = on;
        throw new Error('undo');
      }),
    );
    await expect(left?.run(INSERT, ['late', null])).rejects.toThrow('The transaction has ended');
    expect(ids()).toEqual([]);
  });
});

describe('when a whole group is rolled back', () => {
  test('by SQLite, as on a full disk, each write is retried alone', async () => {
    const runs: string[] = [];
    const counted = (id: string) =>
      writer.enqueue((on) => {
        runs.push(id);
        return on.run(INSERT, [id, null]);
      });
    const full = () =>
      writer.enqueue(async (on) => {
        await on.run(INSERT, ['full', null]);
        database.exec('ROLLBACK'); // as SQLite does
        throw new Error('disk full');
      });
    const outcomes = await Promise.allSettled([counted('a'), full(), counted('b')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(runs).toEqual(['a', 'a', 'b']);
    expect(ids()).toEqual(['a', 'b']);
  });

  test('by a failed COMMIT, only the write that causes it fails', async () => {
    const deferred = () =>
      writer.enqueue(async (on) => {
        database.pragma('defer_foreign_keys = ON');
        return on.run(INSERT, ['child', 'nowhere']);
      });
    const outcomes = await Promise.allSettled([insert('a'), deferred(), insert('b')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(outcomes[1]).toMatchObject({ reason: expect.toSatisfy(isForeignKeyViolation) });
    expect(ids()).toEqual(['a', 'b']);
    await insertMany(named('row', 8));
    expect(ids()).toHaveLength(10);
  });

  test('a database that cannot grow rejects what does not fit and commits the rest', async () => {
    database.pragma('max_page_count = 8');
    const outcomes = await insertMany(['a', 'x'.repeat(100_000), 'b']);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(outcomes[1]).toMatchObject({ reason: { code: 'SQLITE_FULL' } });
    expect(ids()).toEqual(['a', 'b']);
  });
});

test('after a rollback by SQLite, the rest of the transaction writes nothing', async () => {
  const work = writer.enqueue(async (on) => {
    await on.run(INSERT, ['before', null]);
    database.exec('ROLLBACK'); // as SQLite does on a full disk
    await on.run(INSERT, ['after', null]).catch(() => undefined);
  });
  await expect(work).rejects.toThrow();
  expect(ids()).toEqual([]);
});

test('a hook that throws changes no answer, and nothing is written twice', async () => {
  const hooked = (id: string, hook: () => void) =>
    writer.enqueue(async (on) => {
      on.addHook(hook);
      await on.run(INSERT, [id, null]);
      return id;
    });
  const fail = () => {
    throw Object.assign(new Error('write conflict'), { code: 'P2034' });
  };
  let calls = 0;
  const count = () => void calls++;
  expect(await Promise.all([hooked('a', count), hooked('b', fail), hooked('c', count)])).toEqual(['a', 'b', 'c']);
  expect(await hooked('alone', fail)).toBe('alone');
  expect(ids()).toEqual(['a', 'b', 'c', 'alone']);
  expect(calls).toBe(2);
});

describe('while another process holds the lock', () => {
  test('the queue takes 2,000 writes, and all of them are committed afterwards', async () => {
    elsewhere.exec('BEGIN IMMEDIATE');
    const works = insertMany(named('row', 2001));
    elsewhere.exec('COMMIT');
    const outcomes = await works;
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(2000);
    expect(outcomes[2000]).toMatchObject({ reason: expect.toSatisfy(isOverload) });
  });

  test('a write past its deadline is rejected and never runs', async () => {
    writer = open(50);
    elsewhere.exec('BEGIN IMMEDIATE');
    const outcomes = await insertMany(named('row', 20));
    expect(outcomes.every((outcome) => outcome.status === 'rejected' && isOverload(outcome.reason))).toBe(true);
    elsewhere.exec('ROLLBACK');
    await insert('next');
    expect(ids()).toEqual(['next']);
  });
});

test('a write queued behind one that hangs is rejected at its deadline', async () => {
  writer = open(50);
  let end = () => {};
  const endless = writer.enqueue(
    () =>
      new Promise<void>((resolve) => {
        end = resolve;
      }),
  );
  await new Promise((resolve) => setImmediate(resolve));
  expect(isOverload(await failureOf(insert('late')))).toBe(true);
  end();
  await endless;
  expect(ids()).toEqual([]);
});

test('a write that hangs is rolled back, and the next one runs', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  writer = open();
  const endless = failureOf(
    writer.enqueue(async (on) => {
      await on.run(INSERT, ['endless', null]);
      await new Promise(() => {});
    }),
  );
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
  vi.advanceTimersByTime(15_000);
  expect(isOverload(await endless)).toBe(true);
  vi.useRealTimers();
  await insert('next');
  expect(ids()).toEqual(['next']);
});

test('a statement that cannot run in a transaction runs alone, in its turn', async () => {
  const before = insert('before');
  const bare = writer.enqueue(async () => {
    expect(database.inTransaction).toBe(false);
    return ids();
  }, 'autocommit');
  const after = insert('after');
  expect(await bare).toEqual(['before']);
  await Promise.all([before, after]);
  expect(database.commits).toBe(2);
});

test('an unwritable database rejects each write', async () => {
  database.pragma('query_only = ON');
  const outcomes = await insertMany(['a', 'b']);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  database.pragma('query_only = OFF');
  await insert('c');
  expect(ids()).toEqual(['c']);
});

test('rolls back a preview in its group without repeating the others', async () => {
  const runs: string[] = [];
  const noted = (name: string, fails: boolean) => async (on: OpenTransaction) => {
    runs.push(name);
    await on.run(INSERT, [name, null]);
    if (fails) throw new Error('rolled back');
  };
  const outcomes = await Promise.allSettled([
    writer.enqueue(noted('one', false)),
    writer.enqueue(noted('preview', true), 'rolled_back'),
    writer.enqueue(noted('two', false)),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect([runs, ids(), database.commits]).toEqual([['one', 'preview', 'two'], ['one', 'two'], 1]);
  const alone = await failureOf(writer.enqueue(noted('preview', true), 'rolled_back'));
  expect([alone, ids(), database.commits]).toEqual([new Error('rolled back'), ['one', 'two'], 1]);
});
