import { storeReturnPath } from '@/lib/verification/service';
import type { RequestContext } from '../http/context';
import { MAX_LOCAL_PATH_LENGTH, MAX_PATH_LENGTH, toLocalPath } from './local-path';

const KEPT = '/login/return';

/**
 * A local path short enough to pass through the steps of a sign-in. A long path is stored, and `/login/return` stands
 * in for it. Null for a path that is not local, is longer than 8 kB, or exceeds the number of stored paths.
 */
export async function toReturnPath(context: RequestContext, value: unknown): Promise<string | null> {
  const path = toLocalPath(value, MAX_LOCAL_PATH_LENGTH);
  if (path === null || path.length <= MAX_PATH_LENGTH) return path;
  if (path.length > MAX_LOCAL_PATH_LENGTH) return null; // percent-encoding made it longer
  const token = await storeReturnPath(context, path);
  return token === null ? null : `${KEPT}?id=${token}`;
}

/** Whether a path leads to a stored one. */
export function isKeptPath(path: string): boolean {
  return path.startsWith(`${KEPT}?`);
}
