import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { PrismaClient } from '../../../generated/sqlite/client';
import { env } from '../env';
import { processWide } from '../process-wide';
import { disconnect, setDriver, TRANSACTION_LIMITS } from './runner';
import { sqliteFile } from './sqlite-file.mjs';
import { setSchema } from './table';

/**
 * The one database client of the process: a second writing connection to one SQLite file in one process is never
 * allowed. Nothing outside this folder depends on the kind of database. Typed as the SQLite client: what both accept.
 */
export type Db = PrismaClient;
export type DatabaseKind = 'sqlite' | 'postgresql';

type State = { client: Promise<Db> | undefined; opened: Db | undefined };
const state = processWide('db', (): State => ({ client: undefined, opened: undefined }));

export function databaseKind(url = env().databaseUrl): DatabaseKind {
  return url.startsWith('file:') ? 'sqlite' : 'postgresql';
}

export function db(): Promise<Db> {
  state.client ??= remembered(open(env().databaseUrl));
  return state.client;
}

/** The client once it is open. Hot paths ask it first: awaiting `db()` for each statement costs more than many statements. */
export function openedDb(): Db | undefined {
  return state.opened;
}

/** Ends all connections; the next `db()` opens new ones. */
export async function closeDb(): Promise<void> {
  const opened = state.client;
  Object.assign(state, { client: undefined, opened: undefined });
  const client = await opened?.catch(() => null); // a failed opening needs no closing
  if (client) await disconnect(client);
}

/** A failed opening is retried by the next call. */
function remembered(opening: Promise<Db>): Promise<Db> {
  opening.then(
    (client) => {
      if (state.client === opening) state.opened = client;
    },
    () => {
      if (state.client === opening) state.client = undefined;
    },
  );
  return opening;
}

async function open(url: string): Promise<Db> {
  return databaseKind(url) === 'postgresql' ? openPostgresql(url) : openSqlite(url);
}

/** A replica uses the schema of DATABASE_URL. */
export async function openPostgresql(url: string, { isReplica = false } = {}): Promise<Db> {
  const [{ PrismaClient }, { PostgresqlFactory }, { PostgresqlDriver }, { explorePostgresql }] = await Promise.all([
    import('../../../generated/postgresql/client'),
    import('./postgresql-adapter'),
    import('./postgresql-driver'),
    import('./postgresql-connection'),
  ]);
  const connection = await explorePostgresql(url);
  if (!isReplica) setSchema(connection.schema);
  const adapter = new PostgresqlFactory(connection, env().databasePool);
  const client = new PrismaClient({ adapter, transactionOptions: TRANSACTION_LIMITS }) as unknown as Db;
  const isPrepared = env().isDatabasePrepared ?? !connection.isPooled;
  setDriver(client, new PostgresqlDriver(client, adapter, isPrepared));
  return client;
}

async function openSqlite(url: string): Promise<Db> {
  const [{ PrismaClient }, { GatedSqliteFactory }] = await Promise.all([
    import('../../../generated/sqlite/client'),
    import('./sqlite-adapter'),
  ]);
  setSchema(undefined);
  mkdirSync(path.dirname(sqliteFile(url)), { recursive: true, mode: 0o700 });
  const adapter = new GatedSqliteFactory(url, (guest) => new PrismaClient({ adapter: guest }));
  const client = new PrismaClient({ adapter, transactionOptions: TRANSACTION_LIMITS });
  setDriver(client, adapter);
  return client;
}
