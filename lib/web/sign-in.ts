import { cookies, headers } from 'next/headers';
import { isLocale } from '@/lib/i18n/model';
import type { Identity } from '@/lib/identity/model';
import type { Session } from '@/lib/session/model';
import { endCurrentSession } from '@/lib/session/service';
import { rememberAddresses } from './browser';
import { LOCALE_COOKIE } from './locale';
import { type Proof, requestContext } from './session';
import { cookieSettings, decodeSessionId, encodeSessionId, sessionCookieName } from './session-cookie';

/** What a service needs to know of the browser that signs in: its user agent, and the session that it replaces. */
export async function signInBrowser(): Promise<{ userAgent: string; replaces: string | null }> {
  const context = await requestContext();
  const cookie = (await cookies()).get(sessionCookieName(context))?.value;
  return {
    userAgent: (await headers()).get('user-agent') ?? '',
    replaces: decodeSessionId(context, cookie),
  };
}

/**
 * Sets the session cookie. Also marks the browser as familiar to the identity, and sets the identity's language if the
 * browser has chosen none.
 */
export async function startSession(
  session: Session,
  identity?: Pick<Identity, 'locale' | 'identifiers'>,
): Promise<void> {
  const context = await requestContext();
  const jar = await cookies();
  const settings = cookieSettings(context);
  const value = encodeSessionId(context, session.id, session.expiresAt);
  jar.set(sessionCookieName(context), value, { ...settings, expires: session.expiresAt });
  if (identity) await rememberAddresses(identity.identifiers);
  if (isLocale(identity?.locale) && !isLocale(jar.get(LOCALE_COOKIE)?.value)) {
    jar.set(LOCALE_COOKIE, identity.locale, { ...settings, httpOnly: false, maxAge: 365 * 24 * 60 * 60 });
  }
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
