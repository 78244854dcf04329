import { cookies, headers } from 'next/headers';
import { isLocale } from '@/lib/i18n/model';
import type { Identity } from '@/lib/identity/model';
import type { Session } from '@/lib/session/model';
import { endCurrentSession } from '@/lib/session/service';
import { rememberAddresses } from './browser';
import { LOCALE_COOKIE } from './locale';
import { cookieSettings, decodeSessionId, encodeSessionId, sessionCookieName } from './next-auth';
import { type Proof, requestContext } from './session';

/**
 * The edge of every way to sign in, for server actions: what a service must know of the browser that arrives, and the
 * cookie once it has opened a session.
 */
export async function signInBrowser(): Promise<{ userAgent: string; replaces: string | null }> {
  const context = await requestContext();
  const cookie = (await cookies()).get(sessionCookieName(context))?.value;
  return {
    userAgent: (await headers()).get('user-agent') ?? '',
    replaces: await decodeSessionId(context, cookie),
  };
}

/**
 * Hands the session to the browser, which is familiar to who signs in from now on, and the language the person chose
 * elsewhere, if this browser has chosen none.
 */
export async function startSession(
  session: Session,
  identity?: Pick<Identity, 'locale' | 'identifiers'>,
): Promise<void> {
  const context = await requestContext();
  const jar = await cookies();
  const settings = cookieSettings(context);
  const value = await encodeSessionId(context, session.id, session.expiresAt);
  jar.set(sessionCookieName(context), value, { ...settings, expires: session.expiresAt });
  if (identity) await rememberAddresses(identity.identifiers);
  if (isLocale(identity?.locale) && !isLocale(jar.get(LOCALE_COOKIE)?.value)) {
    jar.set(LOCALE_COOKIE, identity.locale, { ...settings, httpOnly: false, maxAge: 365 * 24 * 60 * 60 });
  }
}

/** Signs out here: ends the row first, then takes the cookie away. Calm when the session was ended elsewhere meanwhile. */
export async function signOut(proof: Proof): Promise<void> {
  await endCurrentSession(proof);
  await forgetSession();
}

/** Takes the cookie away whose session is over anyway, such as after the account was deleted. */
export async function forgetSession(): Promise<void> {
  const context = await requestContext();
  (await cookies()).set(sessionCookieName(context), '', { ...cookieSettings(context), maxAge: 0 });
}
