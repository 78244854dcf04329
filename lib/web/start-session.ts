import { isLocale, LOCALE_COOKIE } from '@/lib/i18n/model';
import type { Identity } from '@/lib/identity/model';
import type { Session } from '@/lib/session/model';
import { rememberIn } from './browser-cookies';
import type { Browser } from './jar';
import { cookieSettings, decodeSessionId, encodeSessionId, sessionCookieName } from './session-cookie';

export type SignInClient = { userAgent: string; replaces: string | null };

/** What a service needs to know of the browser that signs in: its user agent, and the session that it replaces. */
export function clientOf({ context, jar, userAgent }: Browser): SignInClient {
  return { userAgent, replaces: decodeSessionId(context, jar.get(sessionCookieName(context))?.value) };
}

/**
 * Sets the session cookie. Also marks the browser as familiar to the identity, and sets the identity's language if the
 * browser has chosen none.
 */
export function startSessionIn(
  browser: Browser,
  session: Session,
  identity?: Pick<Identity, 'locale' | 'identifiers'>,
): void {
  const { context, jar } = browser;
  const settings = cookieSettings(context);
  const value = encodeSessionId(context, session.id, session.expiresAt);
  jar.set(sessionCookieName(context), value, { ...settings, expires: session.expiresAt });
  if (identity) rememberIn(browser, identity.identifiers);
  if (isLocale(identity?.locale) && !isLocale(jar.get(LOCALE_COOKIE)?.value)) {
    jar.set(LOCALE_COOKIE, identity.locale, { ...settings, httpOnly: false, maxAge: 365 * 24 * 60 * 60 });
  }
}
