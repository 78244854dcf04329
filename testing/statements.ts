import { whileListening } from '../lib/platform/db/sent';

/** The SQL statements that `work` sends to either database, sorted: equal lists mean equal reads and writes. */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const sent: string[] = [];
  await whileListening((sql) => sent.push(sql), work);
  return sent.sort();
}
