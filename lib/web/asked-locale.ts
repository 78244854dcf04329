import { ASKED_LOCALE_COOKIE, LOCALES } from '@/lib/i18n/model';
import type { RequestContext } from '../http/context';
import type { Jar } from './jar';
import { cookieSettings } from './session-cookie';

const ASKED_SECONDS = 10 * 60;

/**
 * The language that an application asks for (`ui_locales`, OpenID Connect Core §3.1.2.1), for the pages of this sign-in.
 * A language that the person chose here precedes it.
 */
export function askLocale({ context, jar }: { context: RequestContext; jar: Jar }, uiLocales: readonly string[]): void {
  const primary = uiLocales.map((tag) => tag.split('-')[0]?.toLowerCase());
  const asked = primary.flatMap((tag) => LOCALES.filter((locale) => locale === tag))[0];
  if (asked === undefined) return;
  jar.set(ASKED_LOCALE_COOKIE, asked, { ...cookieSettings(context), maxAge: ASKED_SECONDS });
}
