import { findChangeOfRequest } from '@/lib/audit/service';
import type { Actor } from '@/lib/platform/actor';

/** Longer than a request takes. */
const SPAN_MILLIS = 60_000;

/** The event of the change that this request made to an identity, for its undo; null if it changed nothing. */
export async function undoOf(actor: Actor, identityId: string): Promise<string | null> {
  if (actor.requestId === null) return null;
  return findChangeOfRequest(actor.projectId, identityId, actor.requestId, new Date(Date.now() - SPAN_MILLIS));
}
