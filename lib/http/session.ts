import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import type { Actor } from '@/lib/platform/actor';
import { AppError, isAppError } from '@/lib/platform/errors';
import { errorFields, log } from '@/lib/platform/log';
import type { SessionProof } from '@/lib/session/model';
import { findSession, touchSession } from '@/lib/session/service';
import { CONTEXT_HEADER, openContext, type RequestContext } from './context';
import { toLocalPath } from './local-path';
import { decodeSessionId, sessionCookieName } from './next-auth';

/** Who is signed in, and where from: what a page or action gets from here, it may trust. */
export type Proof = SessionProof & { context: RequestContext };

/** What the front server found out about this request. Throws for a request that did not come through it. */
export async function requestContext(): Promise<RequestContext> {
  return openContext((await headers()).get(CONTEXT_HEADER));
}

/**
 * Who is signed in, or null. Asked once a request however many components want to know. A database that cannot be asked is
 * `overloaded`, never "signed out".
 */
export const currentSession = cache(async (): Promise<Proof | null> => {
  const context = await requestContext();
  return readProof(context, (await cookies()).get(sessionCookieName(context))?.value);
});

/** Who is signed in; anybody else is sent to sign in, and back here afterwards. For pages. */
export async function requireSession(): Promise<Proof> {
  const proof = await currentSession();
  if (proof) return proof;
  redirect(toLoginPath((await headers()).get('x-signet-path')));
}

/** The session that a cookie's value opens now. Refuses: `overloaded`. */
export async function readProof(context: RequestContext, cookie: string | undefined): Promise<Proof | null> {
  const sessionId = await decodeSessionId(context, cookie);
  if (!sessionId) return null;
  const found = await orOverloaded(context, findSession(context.projectId, sessionId));
  if (!found) return null;
  const { requestId, address, projectId } = context;
  const actor: Actor = { projectId, kind: 'identity', id: found.identity.id, requestId, address };
  // Nobody waits for this write, and nobody is refused because of it.
  void touchSession(found.session, address).catch((error) => {
    log.warn('last seen not written', { request_id: requestId, ...errorFields(error) });
  });
  return { ...found, actor, context };
}

/** `/login?return_to=…`; Next's own parameter for partial pages is no part of where one was. */
export function toLoginPath(path: string | null): string {
  const local = toLocalPath(path);
  if (!local) return '/login';
  const [pathname = '/', query = ''] = local.split('?', 2);
  const search = new URLSearchParams(query);
  search.delete('_rsc');
  const from = search.size > 0 ? `${pathname}?${search}` : pathname;
  return from === '/' ? '/login' : `/login?return_to=${encodeURIComponent(from)}`;
}

async function orOverloaded<T>(context: RequestContext, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (isAppError(error)) throw error;
    log.error('the session could not be read', { request_id: context.requestId, ...errorFields(error) });
    throw new AppError('overloaded', { cause: error, retryAfterSeconds: 5 });
  }
}
