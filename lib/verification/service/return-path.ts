import { deleteInSteps } from '@/lib/platform/db/delete-in-steps';
import { isAppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { addressKey } from '@/lib/platform/network';
import { hmac, randomToken } from '@/lib/platform/secret';
import { consumeLimits } from '@/lib/rate-limit/service';
import * as rows from '../repository';
import type { ClientContext } from './issue';

/**
 * Long return paths of a sign-in. Each step repeats the path in its URL, percent-encoded once more; proxies refuse a
 * request line of 8 kB, and a cookie holds 4 kB. So a long path is stored here, and the URL carries its ID.
 * A page cannot set a cookie while it renders, so the ID belongs to no browser: it is unguessable and valid for anyone
 * who signs in to the same project. It grants nothing: every page authorizes its own requests.
 */
const RETENTION_MILLIS = 60 * 60 * 1000;
const HOUR_SECONDS = 60 * 60;
/** Storing a path needs no session: at most 8 MB an hour per project. */
const MAX_PATHS_PER_HOUR = { client: 30, project: 1000 };

/** Stores a local path for an hour; resolves to its ID, or null above the limit. */
export async function storeReturnPath(
  { projectId, address }: Pick<ClientContext, 'projectId' | 'address'>,
  path: string,
): Promise<string | null> {
  const perHour = (name: string, key: string, max: number) => ({ name, key, max, windowSeconds: HOUR_SECONDS });
  try {
    await consumeLimits(
      perHour('return-path-client', addressKey(address), MAX_PATHS_PER_HOUR.client),
      perHour('return-path-project', projectId, MAX_PATHS_PER_HOUR.project),
    );
  } catch (error) {
    if (isAppError(error) && error.code === 'rate_limited') return null;
    throw error;
  }
  const token = randomToken();
  const createdAt = new Date();
  const expiresAt = new Date(createdAt.getTime() + RETENTION_MILLIS);
  await rows.insertReturnPath({ id: newId(), projectId, tokenHash: hashOf(token), path, createdAt, expiresAt });
  return token;
}

/** The path stored under this ID, until it expires; readable repeatedly, because people go back and reload. */
export async function findReturnPath(projectId: string, token: string, now = new Date()): Promise<string | null> {
  return rows.findReturnPath(projectId, hashOf(token), now);
}

/** Removes expired rows in small steps; resolves to their number. */
export async function purgeReturnPaths(now = new Date(), signal?: AbortSignal): Promise<number> {
  return deleteInSteps((limit) => rows.deleteExpiredReturnPaths(now, limit), { signal });
}

function hashOf(token: string): string {
  return hmac('return-id', token);
}
