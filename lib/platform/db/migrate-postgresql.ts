import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { type AppliedMigration, type Migration, pendingAfter } from './migrations';

/** The rows of `_prisma_migrations`; null where there is no database of Signet yet. */
export async function readAppliedInPostgresql(connectionString: string): Promise<AppliedMigration[] | null> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5000 });
  await client.connect();
  try {
    const { rows } = await client.query("SELECT to_regclass('_prisma_migrations') AS name");
    return rows[0].name ? (await client.query('SELECT * FROM _prisma_migrations')).rows : null;
  } finally {
    await client.end();
  }
}

/** Applies what is missing; resolves to how many migrations there were. */
export async function migratePostgresql(
  connectionString: string,
  migrations: Migration[],
  onApplied: (name: string) => void,
): Promise<number> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock(72707369)'); // the lock Prisma Migrate itself takes; closing frees it
    await client.query(`CREATE TABLE IF NOT EXISTS _prisma_migrations (id VARCHAR(36) PRIMARY KEY NOT NULL,
      checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ, migration_name VARCHAR(255) NOT NULL, logs TEXT,
      rolled_back_at TIMESTAMPTZ, started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`);
    const pending = pendingAfter(migrations, (await client.query('SELECT * FROM _prisma_migrations')).rows);
    for (const { name, sql, checksum } of pending) {
      await client.query('BEGIN');
      try {
        await client.query(sql);
        await client.query(
          `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
           VALUES ($1, $2, $3, now(), now(), 1)`,
          [randomUUID(), checksum, name],
        );
        await client.query('COMMIT');
      } catch (error) {
        await client.query('ROLLBACK');
        throw error;
      }
      onApplied(name);
    }
    return pending.length;
  } finally {
    await client.end();
  }
}
