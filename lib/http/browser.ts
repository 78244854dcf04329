import { cookies } from 'next/headers';
import { hmac, randomToken } from '@/lib/platform/secret';
import { cookieName, cookieSettings } from './next-auth';
import { requestContext } from './session';

/**
 * A browser that asks for a code or starts a passkey ceremony is known by a random nonce in a cookie, so that only it can
 * finish what it began. The nonce says nothing about the person, and only its keyed hash is stored.
 */
const NONCE = /^[A-Za-z0-9_-]{43}$/;
const KEPT_SECONDS = 24 * 60 * 60;

/** The hash of this browser's nonce, or null when it has none (yet). */
export async function readBrowserHash(): Promise<string | null> {
  const nonce = await readNonce();
  return nonce === null ? null : hmac('browser', nonce);
}

/** The same, giving the browser a nonce where it has none. For actions and route handlers: a page cannot write cookies. */
export async function ensureBrowserHash(): Promise<string> {
  const context = await requestContext();
  const nonce = (await readNonce()) ?? randomToken(32);
  const name = cookieName(context, 'signet_browser');
  (await cookies()).set(name, nonce, { ...cookieSettings(context), maxAge: KEPT_SECONDS });
  return hmac('browser', nonce);
}

async function readNonce(): Promise<string | null> {
  const context = await requestContext();
  const value = (await cookies()).get(cookieName(context, 'signet_browser'))?.value ?? '';
  return NONCE.test(value) ? value : null;
}
