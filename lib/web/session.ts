import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import type { Actor } from '@/lib/platform/actor';
import { AppError, isAppError } from '@/lib/platform/errors';
import { errorFields, log } from '@/lib/platform/log';
import type { SessionProof } from '@/lib/session/model';
import { findSession, touchSession } from '@/lib/session/service';
import { CONTEXT_HEADER, openContext, type RequestContext } from '../http/context';
import { toLocalPath } from './local-path';
import { decodeSessionId, sessionCookieName } from './next-auth';
import { toReturnPath } from './return-path';

/** The signed-in person and the request's context. Pages and actions may trust it. */
export type Proof = SessionProof & { context: RequestContext };

/** What the front server established about this request. Throws for a request that bypassed it. */
export async function requestContext(): Promise<RequestContext> {
  return openContext((await headers()).get(CONTEXT_HEADER));
}

/**
 * The signed-in person, or null. Read once per request, however many components call it. A database failure is
 * `overloaded`, never "signed out".
 */
export const currentSession = cache(async (): Promise<Proof | null> => {
  const context = await requestContext();
  return readProof(context, (await cookies()).get(sessionCookieName(context))?.value);
});

/** The signed-in person. For pages: redirects others to sign in, and back here afterwards. */
export async function requireSession(): Promise<Proof> {
  const proof = await currentSession();
  if (proof) return proof;
  const path = (await headers()).get('x-signet-path');
  redirect(toLoginPath(path && (await toReturnPath(await requestContext(), withoutRscParameter(path)))));
}

/** The session that a cookie's value identifies, if it is active. Refuses: `overloaded`. */
export async function readProof(context: RequestContext, cookie: string | undefined): Promise<Proof | null> {
  const sessionId = await decodeSessionId(context, cookie);
  if (!sessionId) return null;
  const found = await orOverloaded(context, findSession(context.projectId, sessionId, context.project));
  if (!found) return null;
  const { requestId, address, projectId } = context;
  const actor: Actor = { projectId, kind: 'identity', id: found.identity.id, requestId, address };
  // Not awaited: a failure to record activity must not refuse the request.
  void touchSession(found.session, address).catch((error) => {
    log.warn('session activity not recorded', { request_id: requestId, ...errorFields(error) });
  });
  return { ...found, actor, context };
}

/** `/login?return_to=…` for a short path (`toReturnPath` shortens a long one). */
export function toLoginPath(path: string | null): string {
  const from = toLocalPath(path && withoutRscParameter(path));
  return from === null || from === '/' ? '/login' : `/login?return_to=${encodeURIComponent(from)}`;
}

/** Removes Next's own parameter for partial pages from a return path. */
function withoutRscParameter(path: string): string {
  const [pathname = '/', ...query] = path.split('?');
  const search = new URLSearchParams(query.join('?'));
  search.delete('_rsc');
  return search.size > 0 ? `${pathname}?${search}` : pathname;
}

async function orOverloaded<T>(context: RequestContext, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (isAppError(error)) throw error;
    log.error('session cannot be read', { request_id: context.requestId, ...errorFields(error) });
    throw new AppError('overloaded', { cause: error, retryAfterSeconds: 5 });
  }
}
