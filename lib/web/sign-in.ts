import { cookies } from 'next/headers';
import type { Identity } from '@/lib/identity/model';
import type { Session } from '@/lib/session/model';
import { endCurrentSession } from '@/lib/session/service';
import { currentBrowser } from './browser';
import { type Proof, requestContext } from './session';
import { cookieSettings, sessionCookieName } from './session-cookie';
import { clientOf, replacedBy, startSessionIn } from './start-session';

/** `clientOf` for the browser of this action. */
export async function signInBrowser(): Promise<ReturnType<typeof clientOf>> {
  return clientOf(await currentBrowser());
}

/** Whether the browser of this page or action has the cookie of a session, live or ended. */
export async function hadSession(): Promise<boolean> {
  return replacedBy(await currentBrowser()) !== null;
}

/** `startSessionIn` for the browser of this action. */
export async function startSession(
  session: Session,
  identity?: Pick<Identity, 'locale' | 'identifiers'>,
): Promise<void> {
  startSessionIn(await currentBrowser(), session, identity);
}

/**
 * Signs out this browser: ends the session, then removes the cookie. Does nothing more if the session has already
 * ended.
 */
export async function signOut(proof: Proof): Promise<void> {
  await endCurrentSession(proof);
  await removeSessionCookie();
}

/** Removes the cookie of a session that has already ended, such as after deleting the account. */
export async function removeSessionCookie(): Promise<void> {
  const context = await requestContext();
  (await cookies()).set(sessionCookieName(context), '', { ...cookieSettings(context), maxAge: 0 });
}
