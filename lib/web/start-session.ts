import { isLocale, LOCALE_COOKIE } from '@/lib/i18n/model';
import type { Identity } from '@/lib/identity/model';
import type { Session } from '@/lib/session/model';
import type { SignInBrowser } from '@/lib/session/model/alert';
import { keepMemory, memoryOf, rememberIn } from './browser-cookies';
import type { Browser } from './jar';
import { cookieSettings, decodeSessionId, encodeSessionId, sessionCookieName } from './session-cookie';

/** What a service needs to know of the browser that signs in. */
export function clientOf(browser: Browser): SignInBrowser & { replaces: string | null } {
  return { userAgent: browser.userAgent, replaces: replacedBy(browser), memory: memoryOf(browser) };
}

/** ID of the session that a sign-in in this browser replaces, or null. */
export function replacedBy({ context, jar }: Browser): string | null {
  return decodeSessionId(context, jar.get(sessionCookieName(context))?.value);
}

/**
 * Sets the session cookie. Also lets the browser be recognized, marks it as familiar to the identity, and sets the identity's language if the
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
  keepMemory(browser);
  if (identity) rememberIn(browser, identity.identifiers);
  if (isLocale(identity?.locale) && !isLocale(jar.get(LOCALE_COOKIE)?.value)) {
    jar.set(LOCALE_COOKIE, identity.locale, { ...settings, httpOnly: false, maxAge: 365 * 24 * 60 * 60 });
  }
}
