import pg from 'pg';
import { inject } from 'vitest';
import { runOnServer } from './database';

/** The URL of a new, empty PostgreSQL database. */
export async function emptyPostgresql(): Promise<string> {
  const template = inject('databaseTemplate');
  if (template.kind !== 'postgresql') throw new Error('only on PostgreSQL');
  const name = `empty_${crypto.randomUUID().replaceAll('-', '')}`;
  await runOnServer(template.serverUrl, `CREATE DATABASE ${name}`);
  return Object.assign(new URL(template.serverUrl), { pathname: `/${name}` }).href;
}

/** One connection for the duration of `work`. */
export async function withPostgresql<T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Every table and index that is not part of PostgreSQL, as `schema.name`, in order. */
export function relationsIn(connectionString: string): Promise<string[]> {
  return withPostgresql(connectionString, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `SELECT n.nspname || '.' || c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname !~ '^(pg_|information_schema$)' ORDER BY 1`,
    );
    return rows.map(({ name }) => name);
  });
}
