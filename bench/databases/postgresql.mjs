// A throw-away PostgreSQL server with a database per server that is measured.
import pg from 'pg';
import { startPostgres } from '../../scripts/lib/postgres.mjs';
import { measureTree, parentOf } from '../process-tree.mjs';
import { becomeReference } from '../reference/postgresql.mjs';
import { prepareCopy } from '../reference/postgresql-full.mjs';
import { seedDatabase } from './fixture.mjs';
import { moments, newChallenges } from './sqlite.mjs';

/** The test server disables durability; this one has the defaults. */
const DURABLE = ['fsync = on', 'synchronous_commit = on', 'full_page_writes = on'];

export async function openPostgresql(identities) {
  const server = await startPostgres();
  const run = (sql, database) => query(server.url(database), sql);
  for (const setting of DURABLE) await run(`ALTER SYSTEM SET ${setting}`);
  await run('SELECT pg_reload_conf()');
  // Its child for as long as it runs; the backend of a query may have ended.
  const [{ pid }] = await run(`SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'`);
  const main = parentOf(pid);
  await run('CREATE DATABASE signet');
  await seedDatabase(server.url('signet'), identities);
  await run('VACUUM ANALYZE', 'signet');
  /** CPU and memory of all backends. */
  const measure = () => measureTree(main);
  return { ...withCopies(server.url, 'signet'), measure, stop: server.stop };
}

/** Signet's seeded database with copies for the references. `urlOf` returns the URL of a database of the server. */
export function withCopies(urlOf, signet) {
  const challengesFor = (database) => (prepared, count) => addToSignet(urlOf(database), prepared, count);
  return {
    url: urlOf(signet),
    addChallenges: challengesFor(signet),
    /** A copy for a reference, while nothing is connected to Signet's database. */
    copyFor: async (name, known) => {
      const copy = `${signet}_${name}`;
      await query(urlOf('postgres'), `CREATE DATABASE ${copy} TEMPLATE ${signet}`);
      const database = urlOf(copy);
      const isBare = name === 'bare';
      await (isBare ? becomeReference(database, known) : prepareCopy(database, known));
      const addChallenges = isBare ? (_, count) => addToReference(database, count) : challengesFor(copy);
      return { store: isBare ? 'postgresql' : 'postgresql-full', database, addChallenges };
    },
    stop: () => {},
  };
}

async function addToSignet(url, { projectId, browser }, count) {
  const values = newChallenges(count);
  const sql = `INSERT INTO "Challenge" ("id", "projectId", "ceremony", "value", "browserHash", "createdAt", "expiresAt")
    SELECT gen_random_uuid()::text, $1, 'authentication', value, $2, $3, $4 FROM unnest($5::text[]) AS value`;
  await query(url, sql, [projectId, browser.hash, ...moments(), values]);
  return values;
}

async function addToReference(url, count) {
  const values = newChallenges(count);
  const [, end] = moments();
  await query(url, 'INSERT INTO reference.challenge SELECT value, $1 FROM unnest($2::text[]) AS value', [end, values]);
  return values;
}

async function query(connectionString, text, values) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(text, values)).rows;
  } finally {
    await client.end();
  }
}
