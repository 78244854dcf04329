import { databaseKind } from './client';
import { ConnectionError, explorePostgresql } from './postgresql-connection';
import { isOverload, isUnreachable } from './violations';

const PATIENCE_MILLIS = 60_000;
const MAX_PAUSE_MILLIS = 10_000;

/**
 * Resolves when PostgreSQL answers. At boot it may start later than Signet, so for a minute it is asked again, and `onWait`
 * hears each time why. Throws at once what waiting does not cure: a wrong password, a database that does not exist, a
 * certificate. An SQLite file is there or will be made.
 */
export async function waitForDatabase(
  url: string,
  onWait: (reason: string) => void,
  patienceMillis = PATIENCE_MILLIS,
): Promise<void> {
  if (databaseKind(url) === 'sqlite') return;
  const end = performance.now() + patienceMillis;
  for (let pause = 1000; ; pause = Math.min(pause * 2, MAX_PAUSE_MILLIS)) {
    try {
      await explorePostgresql(url);
      return;
    } catch (error) {
      const left = end - performance.now();
      if (!(error instanceof ConnectionError) || !mayPass(error.cause) || left <= 0) throw error;
      onWait(error.message);
      await new Promise((resolve) => setTimeout(resolve, Math.min(pause, left)));
    }
  }
}

function mayPass(cause: unknown): boolean {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code.startsWith('28') || code === '3D000') return false; // not let in; no such database
  return isUnreachable(cause) || isOverload(cause) || code === 'ENOENT'; // the socket file of a server that is not there yet
}
