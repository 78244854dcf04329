import { keepReturnPath } from '@/lib/verification/service';
import type { RequestContext } from '../http/context';
import { MAX_LOCAL_PATH_LENGTH, MAX_PATH_LENGTH, toLocalPath } from './local-path';

const KEPT = '/login/return';

/**
 * A local path that is short enough to go from step to step of a sign-in: a long one is kept, and stands for itself at
 * `/login/return`. Null for what is no local path, is longer than 8 kB, or cannot be kept because too many are.
 */
export async function toReturnPath(context: RequestContext, value: unknown): Promise<string | null> {
  const path = toLocalPath(value, MAX_LOCAL_PATH_LENGTH);
  if (path === null || path.length <= MAX_PATH_LENGTH) return path;
  if (path.length > MAX_LOCAL_PATH_LENGTH) return null; // percent-encoded it is longer
  const token = await keepReturnPath(context, path);
  return token === null ? null : `${KEPT}?id=${token}`;
}

/** Whether a path leads to one that is kept. */
export function isKeptPath(path: string): boolean {
  return path.startsWith(`${KEPT}?`);
}
