import type { Actor } from '@/lib/platform/actor';

/** The origin of a request to the token endpoint, as determined by the front server. */
export type TokenClient = { projectId: string; origin: string; requestId: string; address: string };

/** No person acts: an application presents what was used before. The event names it. */
export function actorOf({ projectId, requestId, address }: TokenClient): Actor {
  return { projectId, kind: 'system', id: null, requestId, address };
}
