import { cookies, headers } from 'next/headers';
import { browserHashOf, ensureHashOf, isFamiliarTo } from './browser-cookies';
import type { Browser } from './jar';
import { requestContext } from './session';

/** The browser of a page, an action or a handler that Next calls. */
export async function currentBrowser(): Promise<Browser> {
  const [context, jar, given] = await Promise.all([requestContext(), cookies(), headers()]);
  return { context, jar, userAgent: given.get('user-agent') ?? '' };
}

/** The hash of this browser's nonce, or null when it has none yet. */
export async function readBrowserHash(): Promise<string | null> {
  return browserHashOf(await currentBrowser());
}

/** As `readBrowserHash`, but sets a nonce when the browser has none. For actions: pages cannot set cookies. */
export async function ensureBrowserHash(): Promise<string> {
  return ensureHashOf(await currentBrowser());
}

/** Whether this address, as typed, has signed in in this browser. */
export async function isFamiliar(address: string): Promise<boolean> {
  return isFamiliarTo(await currentBrowser(), address);
}
