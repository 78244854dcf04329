import { isWritable } from '@/lib/platform/db/writable';
import { findFirstProject } from '@/lib/project/service';

export type Health = { status: 200 | 503; body: { status: 'ok' } | { status: 'unavailable'; reason: string } };

/** The process runs. */
export const ALIVE: Health = { status: 200, body: { status: 'ok' } };

/**
 * Requests will be served: the database accepts reads and writes, the first project exists, and the server is not
 * stopping.
 */
export async function readiness(isStopping: boolean): Promise<Health> {
  if (isStopping) return unavailable('stopping');
  try {
    if (!(await findFirstProject())) return unavailable('not set up');
    return (await isWritable()) ? ALIVE : unavailable('database takes no writes');
  } catch {
    return unavailable('database');
  }
}

function unavailable(reason: string): Health {
  return { status: 503, body: { status: 'unavailable', reason } };
}
