import { cookies } from 'next/headers';
import { normalizeAddress } from '@/lib/platform/address';
import { hmac, randomToken } from '@/lib/platform/secret';
import type { RequestContext } from '../http/context';
import { requestContext } from './session';
import { cookieName, cookieSettings } from './session-cookie';

/**
 * A browser that requests a code or begins a passkey ceremony gets a random nonce in a cookie, so that only this
 * browser can finish it. The nonce reveals nothing about the person, and only its keyed hash is stored.
 */
const NONCE_SECONDS = 24 * 60 * 60;
/** 256 bits as base64url. */
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** The hash of this browser's nonce, or null when it has none yet. */
export async function readBrowserHash(): Promise<string | null> {
  const nonce = await readNonce();
  return nonce === null ? null : hmac('browser', nonce);
}

/**
 * As `readBrowserHash`, but sets a nonce when the browser has none. For actions and route handlers: pages cannot set
 * cookies.
 */
export async function ensureBrowserHash(): Promise<string> {
  const context = await requestContext();
  const nonce = (await readNonce()) ?? randomToken(32);
  const name = cookieName(context, 'signet_browser');
  (await cookies()).set(name, nonce, { ...cookieSettings(context), maxAge: NONCE_SECONDS });
  return hmac('browser', nonce);
}

/**
 * A second cookie lists, as keyed hashes, the addresses that have signed in here (a "device cookie"). A browser that is
 * familiar to an address may still request mails when strangers have exhausted the address's limit. It grants no
 * access.
 */
const FAMILIAR_COOKIE = 'signet_familiar';
const MAX_FAMILIAR_ADDRESSES = 5;
const FAMILIAR_SECONDS = 365 * 24 * 60 * 60;

/** Whether this address, as typed, has signed in in this browser. */
export async function isFamiliar(address: string): Promise<boolean> {
  const context = await requestContext();
  return (await readFamiliar(context)).includes(familiarTag(context, address));
}

/** Records that these addresses have signed in in this browser. */
export async function rememberAddresses(addresses: string[]): Promise<void> {
  const context = await requestContext();
  const tags = addresses.map((address) => familiarTag(context, address));
  const all = [...new Set([...tags, ...(await readFamiliar(context))])].slice(0, MAX_FAMILIAR_ADDRESSES);
  const settings = { ...cookieSettings(context), maxAge: FAMILIAR_SECONDS };
  (await cookies()).set(cookieName(context, FAMILIAR_COOKIE), all.join('.'), settings);
}

async function readFamiliar(context: RequestContext): Promise<string[]> {
  const value = (await cookies()).get(cookieName(context, FAMILIAR_COOKIE))?.value ?? '';
  return value
    .split('.')
    .filter((tag) => TOKEN.test(tag))
    .slice(0, MAX_FAMILIAR_ADDRESSES);
}

function familiarTag({ projectId }: RequestContext, address: string): string {
  return hmac('familiar', `${projectId}\0${normalizeAddress(address)}`);
}

async function readNonce(): Promise<string | null> {
  const context = await requestContext();
  const value = (await cookies()).get(cookieName(context, 'signet_browser'))?.value ?? '';
  return TOKEN.test(value) ? value : null;
}
