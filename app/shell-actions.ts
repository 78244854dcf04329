'use server';

import { cookies, headers } from 'next/headers';
import { RedirectType, redirect } from 'next/navigation';
import { z } from 'zod';
import { isLocale, type Locale } from '@/lib/i18n/model';
import { isShortcuts, SHORTCUTS_COOKIE } from '@/lib/i18n/shortcuts';
import { isTheme, THEME_COOKIE } from '@/lib/i18n/theme';
import { rememberLocale } from '@/lib/identity/service';
import { errorFields, log } from '@/lib/platform/log';
import { openAction } from '@/lib/web/action';
import { MAX_LOCAL_PATH_LENGTH, toLocalPath } from '@/lib/web/local-path';
import { LOCALE_COOKIE } from '@/lib/web/locale';
import { toReturnPath } from '@/lib/web/return-path';
import { currentSession, requestContext, toLoginPath } from '@/lib/web/session';
import { cookieSettings } from '@/lib/web/session-cookie';
import { removeSessionCookie, signOut } from '@/lib/web/sign-in';

/**
 * Language, theme, shortcuts and sign-out, on every page. Plain forms post here, so unknown values are ignored, not
 * refused.
 */
const YEAR_SECONDS = 365 * 24 * 60 * 60;

export const setLocale = openAction({ input: z.object({ locale: z.unknown().optional() }) }, async (_, { locale }) => {
  if (!isLocale(locale)) return;
  await keep(LOCALE_COOKIE, locale);
  await storeWithIdentity(locale);
  await rerender();
});

export const setTheme = openAction({ input: z.object({ theme: z.unknown().optional() }) }, async (_, { theme }) => {
  if (!isTheme(theme)) return;
  await keep(THEME_COOKIE, theme);
  await rerender();
});

export const setShortcuts = openAction(
  { input: z.object({ shortcuts: z.unknown().optional() }) },
  async (_, { shortcuts }) => {
    if (!isShortcuts(shortcuts)) return;
    await keep(SHORTCUTS_COOKIE, shortcuts);
    await rerender();
  },
);

/** Ends this session. `return_to`: the destination of the next sign-in. */
export const signOutAction = openAction(
  { input: z.object({ return_to: z.unknown().optional() }) },
  async (context, input) => {
    const proof = await currentSession();
    if (proof) await signOut(proof);
    else await removeSessionCookie();
    const from = await toReturnPath(context, input.return_to);
    redirect(from ? toLoginPath(from) : '/login?notice=signed-out', RedirectType.replace);
  },
);

/** Stored in this browser, readable by script so that components can follow it. */
async function keep(name: string, value: string): Promise<void> {
  const settings = cookieSettings(await requestContext());
  (await cookies()).set(name, value, { ...settings, httpOnly: false, maxAge: YEAR_SECONDS });
}

/**
 * Stored with the identity, for emails and other browsers. The page follows the cookie, so a failure here does not
 * break it.
 */
async function storeWithIdentity(locale: Locale): Promise<void> {
  try {
    const proof = await currentSession();
    if (!proof || proof.identity.locale === locale) return;
    await rememberLocale(proof.identity, locale);
  } catch (error) {
    log.warn('language preference not saved', {
      request_id: (await requestContext()).requestId,
      ...errorFields(error),
    });
  }
}

/** With script, the page re-renders in place. Without, it redirects, so that a reload posts nothing. */
async function rerender(): Promise<void> {
  const from = await headers();
  if (from.has('next-action')) return;
  redirect(toLocalPath(from.get('x-signet-path'), MAX_LOCAL_PATH_LENGTH) ?? '/', RedirectType.replace);
}
