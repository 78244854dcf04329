import Database from 'better-sqlite3';
import pg from 'pg';
import { sqliteFile } from '../lib/platform/db/sqlite-file.mjs';
import { withStatementListener } from '../lib/platform/db/statement-listener';
import { env } from '../lib/platform/env';

type Sent = { sql: string; values: readonly unknown[] };

/**
 * The query plan of each statement but INSERT that `work` sends, one text per statement. PostgreSQL is configured to ignore table
 * sizes: it scans a whole table only where no index fits.
 */
export async function plansOf(work: () => Promise<unknown>): Promise<string[]> {
  const sent: Sent[] = [];
  await withStatementListener((sql, values) => sent.push({ sql, values }), work);
  return env().databaseUrl.startsWith('file:') ? plansOfSqlite(sent) : plansOfPostgresql(sent);
}

function plansOfSqlite(sent: Sent[]): string[] {
  const client = new Database(sqliteFile(env().databaseUrl), { readonly: true });
  try {
    return sent
      .map(({ sql }) => sql)
      .filter(isExplained)
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

async function plansOfPostgresql(sent: Sent[]): Promise<string[]> {
  const client = new pg.Client({ connectionString: env().databaseUrl });
  await client.connect();
  try {
    await client.query('SET enable_seqscan = off');
    const plans: string[] = [];
    for (const { sql, values } of sent) {
      if (!isExplained(sql)) continue;
      const { rows } = await client.query(`EXPLAIN ${sql}`, [...values]);
      plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
    }
    return plans;
  } finally {
    await client.end();
  }
}

const isExplained = (sql: string) => /^\s*(?:SELECT|UPDATE|DELETE)\b/i.test(sql);
