import type { MockInstance } from 'vitest';

/** The log lines that a spy on `process.stdout.write` saw. Lines are written at the end of a turn of the event loop. */
export async function logLines(write: MockInstance<typeof process.stdout.write>): Promise<Record<string, unknown>[]> {
  await new Promise((resolve) => setImmediate(resolve));
  const text = write.mock.calls.map(([chunk]) => String(chunk)).join('');
  return text.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []));
}
