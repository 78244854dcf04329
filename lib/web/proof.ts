import type { Actor } from '@/lib/platform/actor';
import { AppError, isAppError } from '@/lib/platform/errors';
import { errorFields, log } from '@/lib/platform/log';
import type { SessionProof } from '@/lib/session/model';
import { findSession, touchSession } from '@/lib/session/service';
import type { RequestContext } from '../http/context';
import { decodeSessionId } from './session-cookie';

/** The signed-in person and the request's context. Pages and actions may trust it. */
export type Proof = SessionProof & { context: RequestContext };

/** The session that a cookie's value identifies, if it is active. Refuses: `overloaded`. */
export async function readProof(context: RequestContext, cookie: string | undefined): Promise<Proof | null> {
  const sessionId = decodeSessionId(context, cookie);
  if (!sessionId) return null;
  const found = await orOverloaded(context, findSession(context.projectId, sessionId, context.project));
  if (!found) return null;
  const { requestId, address, userAgent, projectId } = context;
  const actor: Actor = { projectId, kind: 'identity', id: found.identity.id, requestId, address, userAgent };
  // Not awaited: a failure to record activity must not refuse the request.
  void touchSession(found.session, address).catch((error) => {
    log.warn('session activity not recorded', { request_id: requestId, ...errorFields(error) });
  });
  return { ...found, actor, context };
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
