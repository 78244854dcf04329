import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { CONTEXT_HEADER, openContext, type RequestContext } from '../http/context';
import { toLocalPath } from './local-path';
import { type Proof, readProof } from './proof';
import { toReturnPath } from './return-path';
import { sessionCookieName } from './session-cookie';

export type { Proof };

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
