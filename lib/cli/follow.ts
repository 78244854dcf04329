import type { Io } from './output';
import { Progress } from './progress';

const POLL_MILLIS = 200;

type Followed<Job> = {
  /** Runs the job in this process; resolves at once while a server does. */
  run: (signal: AbortSignal) => Promise<unknown>;
  read: () => Promise<Job>;
  stateOf: (job: Job) => { handled: number; total: number | null; isOver: boolean };
};

/** Takes a started job to its end: here, or behind the server that has its lease. `verb`: for the progress. */
export async function follow<Job>(
  io: Io,
  { verb, unit = 'identities' }: { verb: string; unit?: 'identities' | 'rows' },
  { run, read, stateOf }: Followed<Job>,
): Promise<Job> {
  let progress: Progress | undefined;
  const show = async () => {
    const job = await read();
    const { handled, total, isOver } = stateOf(job);
    progress ??= total === null && unit === 'identities' ? undefined : new Progress(io, verb, total, unit);
    progress?.show(handled);
    return { job, isOver };
  };
  const timer = setInterval(() => void show().catch(() => undefined), POLL_MILLIS);
  try {
    for (;;) {
      await run(new AbortController().signal);
      const { job, isOver } = await show();
      if (isOver) return job;
      await new Promise((resolve) => setTimeout(resolve, POLL_MILLIS));
    }
  } finally {
    clearInterval(timer);
    progress?.end();
  }
}
