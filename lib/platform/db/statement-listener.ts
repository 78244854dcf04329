import { processWide } from '../process-wide';

type Listener = (sql: string, values: readonly unknown[]) => void;
const state = processWide('db.statement-listener', (): { listener: Listener | undefined } => ({ listener: undefined }));

/** Called for each statement sent to the database, prepared or not; BEGIN, COMMIT and savepoints excepted. */
export function reportStatement(sql: string, values: readonly unknown[]): void {
  state.listener?.(sql, values);
}

/** For tests and benchmarks. Resolves to the result of `work`; also reports concurrent work of this process. */
export async function withStatementListener<T>(listener: Listener, work: () => Promise<T>): Promise<T> {
  state.listener = listener;
  try {
    return await work();
  } finally {
    state.listener = undefined;
  }
}
