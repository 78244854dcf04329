import { withStatementListener } from '../lib/platform/db/statement-listener';

/** The SQL statements that `work` sends to either database, sorted: equal lists mean equal reads and writes. */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const sent: string[] = [];
  await withStatementListener((sql) => sent.push(sql), work);
  return sent.sort();
}
