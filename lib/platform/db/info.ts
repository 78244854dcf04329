import { env } from '../env';
import { type DatabaseKind, databaseKind, db } from './client';

export type DatabaseState = {
  kind: DatabaseKind;
  version: string;
  bytes: number;
  /** Faults found by the database's own check; PostgreSQL offers none. */
  faults: string[];
  /** The database's clock. */
  now: Date;
};

/** The database's state as it reports it. Throws when it cannot be reached. Reads all of an SQLite file once. */
export async function readDatabaseState(): Promise<DatabaseState> {
  return databaseKind(env().databaseUrl) === 'sqlite' ? readSqlite() : readPostgresql();
}

async function readSqlite(): Promise<DatabaseState> {
  const client = await db();
  const [about] = await client.$queryRawUnsafe<Array<{ version: string; bytes: bigint | number }>>(
    'SELECT sqlite_version() AS version, page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()',
  );
  const checks = await client.$queryRawUnsafe<Array<{ quick_check: string }>>('PRAGMA quick_check(5)');
  return {
    kind: 'sqlite',
    version: about?.version ?? '',
    bytes: Number(about?.bytes ?? 0),
    faults: checks.map(({ quick_check: line }) => line).filter((line) => line !== 'ok'),
    now: new Date(), // SQLite runs in this process
  };
}

async function readPostgresql(): Promise<DatabaseState> {
  const [about] = await (await db()).$queryRawUnsafe<Array<{ version: string; bytes: bigint; now: Date }>>(
    `SELECT current_setting('server_version') AS version, pg_database_size(current_database()) AS bytes,
      clock_timestamp() AS now`,
  );
  if (!about) throw new Error('the database does not answer');
  return { kind: 'postgresql', version: about.version, bytes: Number(about.bytes), faults: [], now: about.now };
}
