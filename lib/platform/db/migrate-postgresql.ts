import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import {
  type AppliedMigration,
  FIRST_STEP_RECORD,
  type FoundDatabase,
  type Migration,
  type MigrationListener,
  nextRound,
  OWN_TABLES,
  type PendingMigration,
  pendingMigrationsIn,
  type RoundDone,
  report,
  sqlDone,
  takePiece,
} from './migrations';
import { withClient } from './postgresql-client';
import { explorePostgresql, quoted } from './postgresql-connection';
import { describePostgresqlUrl, readPostgresqlUrl } from './postgresql-url';
import type { StepRow, StepValue } from './steps';

/** The lock that Prisma Migrate also takes. */
const LOCK = 72707369;
/** How long to wait for a lock before the wait is reported and restarted, with nothing locked in between. */
const LOCK_TIMEOUT_MILLIS = 3000;
const TIMEOUT_MILLIS = 10 * 60_000;
/** A migration takes as long as its data requires. */
const UNLIMITED_MILLIS = 2 ** 31 - 1;
const LOCK_NOT_AVAILABLE = '55P03';

/** The names of pending migrations; null where Signet has no database yet. Changes nothing. */
export async function readPendingInPostgresql(url: string, migrations: Migration[]): Promise<Migration[] | null> {
  const connection = await explorePostgresql(url);
  return withClient(connection.config, async (client) => {
    const found = await look(client, url, connection.schema);
    await guardSchema(client, url, found);
    const pending = pendingMigrationsIn(found, migrations);
    return found.rows && pending;
  });
}

/**
 * Applies pending migrations, each transaction under a lock that ends with it: a session lock would stay on a pooler's
 * connection. Resolves to the number of migrations finished here.
 */
export async function migratePostgresql(
  url: string,
  migrations: Migration[],
  listener: MigrationListener,
): Promise<number> {
  const connection = await explorePostgresql(url);
  const end = performance.now() + TIMEOUT_MILLIS;
  for (let total = 0; ; ) {
    try {
      const done = await withClient(connection.config, (client) =>
        inTransaction(client, () => applyRound(client, url, connection.schema, migrations)),
      );
      total += report(done, listener);
      if (done.isDone) return total;
    } catch (error) {
      if (!isLockTimeout(error)) throw error;
      const holders = await withClient(connection.config, describeHolders);
      if (performance.now() > end)
        throw new Error(`${describePostgresqlUrl(url)} was locked for ten minutes: ${holders}`, { cause: error });
      listener.onWait(holders);
    }
  }
}

async function applyRound(client: pg.Client, url: string, schema: string, migrations: Migration[]): Promise<RoundDone> {
  await client.query(`SELECT pg_advisory_xact_lock(${LOCK})`);
  const found = await look(client, url, schema);
  await guardSchema(client, url, found);
  const pending = pendingMigrationsIn(found, migrations);
  if (pending.length === 0) return sqlDone([]);
  await prepareSchema(client, found);
  const round = nextRound(pending);
  return 'begun' in round ? applyPiece(client, round.begun) : applySql(client, found, round.migrations);
}

async function applySql(client: pg.Client, found: Found, migrations: PendingMigration[]): Promise<RoundDone> {
  for (const { name, sql, checksum, step } of migrations) {
    const statements: pg.QueryConfig & { query_timeout: number } = { text: sql, query_timeout: UNLIMITED_MILLIS };
    await named(`${found.where}: migration ${name} failed`, () => client.query(statements));
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, logs, applied_steps_count)
       VALUES ($1, $2, $3, now(), CASE WHEN $4::text IS NULL THEN now() END, $4, 1)`,
      [randomUUID(), checksum, name, step ? FIRST_STEP_RECORD : null],
    );
  }
  return sqlDone(migrations);
}

async function applyPiece(client: pg.Client, begun: PendingMigration): Promise<RoundDone> {
  const query = (sql: string, values: StepValue[]) => {
    let at = 0;
    const text = sql.replaceAll('?', () => `$${++at}`);
    return client.query<StepRow>(text, values);
  };
  const piece = await takePiece(begun, {
    all: async (sql, ...values) => (await query(sql, values)).rows,
    run: async (sql, ...values) => (await query(sql, values)).rowCount ?? 0,
    moment: (date) => date.toISOString().slice(0, -1), // the columns have no time zone
  });
  await client.query(
    `UPDATE _prisma_migrations SET logs = $1, finished_at = CASE WHEN $1::text IS NULL THEN now() END
     WHERE migration_name = $2`,
    [piece.logs, begun.name],
  );
  return { applied: [], piece, isDone: false };
}

async function prepareSchema(client: pg.Client, { where, schema, hasSchema, rows }: Found): Promise<void> {
  await named(where, async () => {
    if (!hasSchema) await client.query(`CREATE SCHEMA ${quoted(schema)}`);
    await client.query(`SET LOCAL search_path TO ${quoted(schema)}`);
    if (rows) return;
    await client.query(`CREATE TABLE _prisma_migrations (id VARCHAR(36) PRIMARY KEY NOT NULL,
      checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ, migration_name VARCHAR(255) NOT NULL, logs TEXT,
      rolled_back_at TIMESTAMPTZ, started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`);
  });
}

/** PostgreSQL's messages do not name the database. Retries after a lock timeout. */
async function named(what: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (isLockTimeout(error)) throw error;
    throw new Error(`${what}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

type Found = FoundDatabase & { schema: string; hasSchema: boolean };

async function look(client: pg.Client, url: string, schema: string): Promise<Found> {
  const { rows: schemas } = await client.query('SELECT 1 FROM pg_namespace WHERE nspname = $1', [schema]);
  const names = await namesIn(client, schema);
  const table = `${quoted(schema)}._prisma_migrations`;
  const rows = names.has('_prisma_migrations')
    ? (await client.query<AppliedMigration>(`SELECT * FROM ${table}`)).rows
    : null;
  return {
    where: `PostgreSQL at ${describePostgresqlUrl(url)}, schema "${schema}"`,
    advice: 'give Signet a schema of its own: add ?schema=signet to DATABASE_URL',
    schema,
    hasSchema: schemas.length > 0,
    names,
    rows,
  };
}

async function namesIn(client: pg.Client, schema: string): Promise<Set<string>> {
  const { rows } = await client.query<{ name: string }>(
    'SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1',
    [schema],
  );
  return new Set(rows.map(({ name }) => name));
}

/**
 * Version 0.1.0 kept its tables in "public", regardless of the search path. Where the search path leads to a schema
 * without them, an empty database would replace the existing one.
 */
async function guardSchema(client: pg.Client, url: string, found: Found): Promise<void> {
  if (found.schema === 'public' || readPostgresqlUrl(url).schema !== undefined) return;
  const inPublic = await namesIn(client, 'public');
  if (!OWN_TABLES.every((name) => inPublic.has(name)) || (await isInUse(client, found))) return;
  throw new Error(
    `${found.where} comes first in the search_path, but schema "public" has tables of Signet, too; ` +
      `add ?schema=public or ?schema=${found.schema} to DATABASE_URL`,
  );
}

async function isInUse(client: pg.Client, { schema, names }: Found): Promise<boolean> {
  if (!OWN_TABLES.every((name) => names.has(name))) return false;
  const { rowCount } = await client.query(`SELECT 1 FROM ${quoted(schema)}."Organization" LIMIT 1`);
  return rowCount === 1;
}

async function inTransaction<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query(`BEGIN; SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MILLIS}; SET LOCAL statement_timeout = 0;
    SET LOCAL idle_in_transaction_session_timeout = 0`);
  try {
    const result = await work();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {}); // the reason is the first failure
    throw error;
  }
}

/** Describes the sessions that hold the migration lock. An idle one is an old session kept by a pooler. */
async function describeHolders(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ pid: number; state: string | null; application_name: string | null }>(
    `SELECT a.pid, a.state, a.application_name FROM pg_locks l JOIN pg_stat_activity a USING (pid)
     WHERE l.locktype = 'advisory' AND l.granted AND l.objid = ${LOCK} AND a.datname = current_database()`,
  );
  const [holder] = rows;
  if (!holder) return 'other sessions use the tables';
  const advice = holder.state === 'idle' ? `; it is idle: SELECT pg_terminate_backend(${holder.pid}) ends it` : '';
  return `server process ${holder.pid} has the migration lock${advice}`;
}

function isLockTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === LOCK_NOT_AVAILABLE;
}
