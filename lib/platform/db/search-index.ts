import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import type pg from 'pg';
import { databaseKind } from './client';
import { sampleTables } from './planner';
import { withClient } from './postgresql-client';
import { explorePostgresql, type PostgresqlConnection, quoted } from './postgresql-connection';
import { sqliteFile } from './sqlite-file.mjs';
import { trigramQuery } from './trigrams';

/**
 * Prepares a migrated database for search, at startup. SQLite: rebuilds the index if its rowids no longer match, as after
 * a restore from a dump, which renumbers rows; then updates the planner's statistics. PostgreSQL: creates the index
 * concurrently; the role may lack permission to create its two extensions. Resolves to the reason why there is no index,
 * in which case search compares row by row, or null.
 */
export async function prepareSearch(url: string): Promise<string | null> {
  if (databaseKind(url) === 'postgresql') return preparePostgresql(await explorePostgresql(url));
  prepareSqlite(sqliteFile(url));
  return null;
}

function prepareSqlite(file: string): void {
  const db = new Database(file, { timeout: 10_000 });
  try {
    if (!isIndexed(db)) rebuild(db);
    sampleTables(db);
  } finally {
    db.close();
  }
}

/** Checks the newest rows: renumbering changes their rowids if any earlier row was deleted. */
function isIndexed(db: Database.Database): boolean {
  const rows = db
    .prepare<[], Sample>(
      'SELECT rowid AS "row", "projectId", "searchText" AS text FROM "Identity" ORDER BY rowid DESC LIMIT 3',
    )
    .all();
  const waiting = db.prepare('SELECT 1 FROM "IdentitySearchQueue" WHERE "rowOfIdentity" = ?');
  const entry = db.prepare('SELECT 1 FROM "IdentitySearch" WHERE "IdentitySearch" MATCH ? AND rowid = ?');
  return rows.every(({ row, projectId, text }) => {
    const match = trigramQuery(projectId, text.split('\n'));
    return match === null || waiting.get(row) !== undefined || entry.get(match, row) !== undefined;
  });
}

type Sample = { row: number; projectId: string; text: string };

function rebuild(db: Database.Database): void {
  db.transaction(() => {
    db.exec(`INSERT INTO "IdentitySearch" ("IdentitySearch") VALUES ('delete-all')`);
    db.exec('DELETE FROM "IdentitySearchQueue"');
    db.exec('INSERT INTO "IdentitySearchQueue" ("rowOfIdentity") SELECT rowid FROM "Identity"'); // its trigger indexes them
  }).immediate();
}

const INDEX = 'Identity_trigram_idx';
const LOCK = 72_707_371;
const POLL_MILLIS = 250;

async function preparePostgresql({ config, schema }: PostgresqlConnection): Promise<string | null> {
  const unlimited = { ...config, statement_timeout: 0, query_timeout: 0 };
  return withClient(unlimited, async (client) => {
    if (await hasIndex(client, schema)) return null;
    // Another process may be building it. The lock is the transaction's, because a session lock would stay on a pooler's
    // connection. It is polled: a waiting statement would hold a snapshot, which CREATE INDEX CONCURRENTLY waits for.
    return withClient(unlimited, async (guard) => {
      while (!(await hasIndex(client, schema))) {
        await guard.query('BEGIN');
        const { rows } = await guard.query(`SELECT pg_try_advisory_xact_lock(${LOCK}) AS mine`);
        const outcome = rows[0]?.mine === true ? { reason: await build(client, schema) } : null;
        await guard.query('ROLLBACK');
        if (outcome) return outcome.reason;
        await wait(POLL_MILLIS);
      }
      return null;
    });
  });
}

async function build(client: pg.Client, schema: string): Promise<string | null> {
  try {
    if (await hasIndex(client, schema)) return null;
    const place = (await schemaOfExtension(client)) ?? (await createExtensions(client, schema));
    await client.query(`DROP INDEX CONCURRENTLY IF EXISTS ${quoted(schema)}.${quoted(INDEX)}`); // left by an interrupted start
    await client.query(
      `CREATE INDEX CONCURRENTLY ${quoted(INDEX)} ON ${quoted(schema)}."Identity"
       USING gin ("projectId", "searchText" ${quoted(place)}.gin_trgm_ops)`,
    );
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function hasIndex(client: pg.Client, schema: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_index i ON i.indexrelid = c.oid
     WHERE n.nspname = $1 AND c.relname = $2 AND i.indisvalid`,
    [schema, INDEX],
  );
  return rowCount === 1;
}

/** The schema of pg_trgm if both extensions exist, or null. */
async function schemaOfExtension(client: pg.Client): Promise<string | null> {
  const { rows } = await client.query<{ name: string; schema: string }>(
    `SELECT e.extname AS name, n.nspname AS schema FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
     WHERE e.extname IN ('pg_trgm', 'btree_gin')`,
  );
  return rows.length === 2 ? (rows.find(({ name }) => name === 'pg_trgm')?.schema ?? null) : null;
}

/** In "public" if it exists: dropping Signet's own schema would drop them too, although others may use them. */
async function createExtensions(client: pg.Client, schema: string): Promise<string> {
  const { rowCount } = await client.query(`SELECT 1 FROM pg_namespace WHERE nspname = 'public'`);
  const place = rowCount === 1 ? 'public' : schema;
  for (const name of ['pg_trgm', 'btree_gin'])
    await client.query(`CREATE EXTENSION IF NOT EXISTS ${name} WITH SCHEMA ${quoted(place)}`);
  return (await schemaOfExtension(client)) ?? place;
}
