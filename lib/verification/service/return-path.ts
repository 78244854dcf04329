import { deleteInSteps } from '@/lib/platform/db/delete-in-steps';
import { isAppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { addressKey } from '@/lib/platform/network';
import { hmac, randomToken } from '@/lib/platform/secret';
import { consumeLimits } from '@/lib/rate-limit/service';
import * as rows from '../repository';
import type { ClientContext } from './issue';

/**
 * Long paths on the way through the sign-in. Each step repeats the path in its address, percent-encoded once more, and proxies refuse
 * a request line of 8 kB; a cookie has room for 4 kB. So a long one is kept here, and its id goes along.
 * A page cannot set a cookie while it renders, so the id belongs to no browser: it is unguessable and valid for anyone who
 * signs in to the same project. It grants nothing: every page authorizes its own requests.
 */
const RETENTION_MILLIS = 60 * 60 * 1000;
const HOUR_SECONDS = 60 * 60;
/** No session is needed to store a path: at most 8 MB an hour for a project. */
const MAX_PATHS_PER_HOUR = { client: 30, project: 1000 };

/** Keeps a local path for an hour; resolves to its id, or to null where too many are kept already. */
export async function keepReturnPath(
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

/** The path kept under this id, until it expires; also more than once, as people go back and reload. */
export async function findReturnPath(projectId: string, token: string, now = new Date()): Promise<string | null> {
  return rows.findReturnPath(projectId, hashOf(token), now);
}

/** Removes what has expired, in small steps; resolves to how many. */
export async function purgeReturnPaths(now = new Date(), signal?: AbortSignal): Promise<number> {
  return deleteInSteps((limit) => rows.deleteExpiredReturnPaths(now, limit), { signal });
}

function hashOf(token: string): string {
  return hmac('return-id', token);
}
