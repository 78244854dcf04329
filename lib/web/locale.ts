import { cookies, headers } from 'next/headers';
import { LOCALE_COOKIE, type Locale } from '@/lib/i18n/model';
import { negotiate } from '@/lib/i18n/negotiate';
import { isShortcuts, SHORTCUTS_COOKIE, type Shortcuts } from '@/lib/i18n/shortcuts';
import { isTheme, THEME_COOKIE, type Theme } from '@/lib/i18n/theme';

export { LOCALE_COOKIE };

/**
 * The language of this request. The document's `lang` is chosen without an identity, so signing in copies the
 * identity's language into the cookie when the browser has chosen none.
 */
export async function getLocale(identityLocale?: string | null): Promise<Locale> {
  const [jar, requestHeaders] = await Promise.all([cookies(), headers()]);
  return negotiate(requestHeaders.get('accept-language'), jar.get(LOCALE_COOKIE)?.value, identityLocale);
}

/** The theme this browser chose; `system` follows the operating system and is the default. */
export async function getTheme(): Promise<Theme> {
  const value = (await cookies()).get(THEME_COOKIE)?.value;
  return isTheme(value) ? value : 'system';
}

/** The keyboard shortcuts enabled in this browser; all of them by default. */
export async function getShortcuts(): Promise<Shortcuts> {
  const value = (await cookies()).get(SHORTCUTS_COOKIE)?.value;
  return isShortcuts(value) ? value : 'all';
}
