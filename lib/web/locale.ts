import { cookies, headers } from 'next/headers';
import {
  ASKED_LOCALE_COOKIE,
  CONSOLE_LOCALES,
  isConsolePath,
  isLocale,
  LOCALE_COOKIE,
  LOCALES,
  type Locale,
} from '@/lib/i18n/model';
import { negotiate } from '@/lib/i18n/negotiate';
import { isShortcuts, SHORTCUTS_COOKIE, type Shortcuts } from '@/lib/i18n/shortcuts';
import { isTheme, THEME_COOKIE, type Theme } from '@/lib/i18n/theme';

export { LOCALE_COOKIE };

/**
 * The language of this page. The document's `lang` is chosen without an identity, so signing in copies the
 * identity's language into the cookie when the browser has chosen none. The console exists in fewer languages.
 */
export async function getLocale(identityLocale?: string | null): Promise<Locale> {
  const isConsole = isConsolePath((await headers()).get('x-signet-path') ?? '');
  return isConsole ? getConsoleLocale(identityLocale) : getPersonLocale(identityLocale);
}

/** The language of a person's own pages, on any page. */
export async function getPersonLocale(identityLocale?: string | null): Promise<Locale> {
  return negotiated(identityLocale, LOCALES);
}

/** The language of the console, on any page. */
export async function getConsoleLocale(identityLocale?: string | null): Promise<Locale> {
  return negotiated(identityLocale, CONSOLE_LOCALES);
}

async function negotiated(identityLocale: string | null | undefined, offered: readonly Locale[]): Promise<Locale> {
  const [jar, requestHeaders] = await Promise.all([cookies(), headers()]);
  const accepted = requestHeaders.get('accept-language');
  const asked = jar.get(ASKED_LOCALE_COOKIE)?.value;
  // What an application asks for precedes the browser's languages, but no choice of the person.
  const languages = isLocale(asked) ? [asked, accepted].filter(Boolean).join(',') : accepted;
  return negotiate(languages, jar.get(LOCALE_COOKIE)?.value, identityLocale, offered);
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
