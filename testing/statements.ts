import Database from 'better-sqlite3';
import pg from 'pg';
import { vi } from 'vitest';

/** The SQL statements that `work` sends to either database, sorted: equal lists mean equal reads and writes. */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const onSqlite = vi.spyOn(Database.prototype, 'prepare');
  const onPostgresql = vi.spyOn(pg.Client.prototype, 'query');
  try {
    await work();
    const asked: unknown[] = [...onSqlite.mock.calls, ...onPostgresql.mock.calls].map(([statement]) => statement);
    return asked.map(textOf).sort();
  } finally {
    onSqlite.mockRestore();
    onPostgresql.mockRestore();
  }
}

function textOf(statement: unknown): string {
  if (typeof statement === 'string') return statement;
  const isQuery = typeof statement === 'object' && statement !== null && 'text' in statement;
  return isQuery ? String(statement.text) : '';
}
