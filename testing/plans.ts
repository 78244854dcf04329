import Database from 'better-sqlite3';
import pg from 'pg';
import { vi } from 'vitest';
import { sqliteFile } from '../lib/platform/db/sqlite-file.mjs';
import { env } from '../lib/platform/env';

/**
 * How the database would run each statement that some work sends: one text a statement. PostgreSQL is told to leave nothing to
 * the size of its tables: it scans one as a whole only where no index fits.
 */
export async function plansOf(work: () => Promise<unknown>): Promise<string[]> {
  const onSqlite = vi.spyOn(Database.prototype, 'prepare');
  const onPostgresql = vi.spyOn(pg.Client.prototype, 'query');
  let asked: unknown[];
  try {
    await work();
    asked = [...onSqlite.mock.calls, ...onPostgresql.mock.calls].map(([statement]) => statement);
  } finally {
    onSqlite.mockRestore();
    onPostgresql.mockRestore();
  }
  return env().databaseUrl.startsWith('file:') ? plansOfSqlite(asked) : plansOfPostgresql(asked);
}

function plansOfSqlite(asked: unknown[]): string[] {
  const client = new Database(sqliteFile(env().databaseUrl), { readonly: true });
  try {
    return asked
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

async function plansOfPostgresql(asked: unknown[]): Promise<string[]> {
  const client = new pg.Client({ connectionString: env().databaseUrl });
  await client.connect();
  try {
    await client.query('SET enable_seqscan = off');
    const plans: string[] = [];
    for (const { text, values } of asked as Array<{ text?: string; values?: unknown[] }>) {
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
