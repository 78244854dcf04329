import Database from 'better-sqlite3';
import pg from 'pg';
import { vi } from 'vitest';
import { sqliteFile } from '../lib/platform/db/sqlite-file.mjs';
import { env } from '../lib/platform/env';

/**
 * The query plan of each statement that `work` sends, one text per statement. PostgreSQL is configured to ignore table
 * sizes: it scans a whole table only where no index fits.
 */
export async function plansOf(work: () => Promise<unknown>): Promise<string[]> {
  const onSqlite = vi.spyOn(Database.prototype, 'prepare');
  const onPostgresql = vi.spyOn(pg.Client.prototype, 'query');
  let sent: unknown[];
  try {
    await work();
    sent = [...onSqlite.mock.calls, ...onPostgresql.mock.calls].map(([statement]) => statement);
  } finally {
    onSqlite.mockRestore();
    onPostgresql.mockRestore();
  }
  return env().databaseUrl.startsWith('file:') ? plansOfSqlite(sent) : plansOfPostgresql(sent);
}

function plansOfSqlite(sent: unknown[]): string[] {
  const client = new Database(sqliteFile(env().databaseUrl), { readonly: true });
  try {
    return sent
      .map(String)
      .filter(isRead)
      .map((sql) => {
        const values = sql
          .split('?')
          .slice(1)
          .map(() => 'x');
        const steps = client.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as Array<{ detail: string }>;
        return steps.map(({ detail }) => detail).join('\n');
      });
  } finally {
    client.close();
  }
}

async function plansOfPostgresql(sent: unknown[]): Promise<string[]> {
  const client = new pg.Client({ connectionString: env().databaseUrl });
  await client.connect();
  try {
    await client.query('SET enable_seqscan = off');
    const plans: string[] = [];
    for (const { text, values } of sent as Array<{ text?: string; values?: unknown[] }>) {
      if (!text || !isRead(text)) continue;
      const { rows } = await client.query(`EXPLAIN ${text}`, values);
      plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
    }
    return plans;
  } finally {
    await client.end();
  }
}

const isRead = (sql: string) => /^\s*SELECT\b/i.test(sql);
