import type { RequestContext } from '@/lib/http/context';
import { normalizeAddress } from '@/lib/platform/address';
import { hmac, randomToken } from '@/lib/platform/secret';
import { type BrowserMemory, KNOWN_BROWSER_SECONDS } from '@/lib/session/model/alert';
import type { Browser } from './jar';
import { cookieName, cookieSettings } from './session-cookie';

/**
 * A browser that requests a code or begins a passkey ceremony gets a random nonce in a cookie, so that only this
 * browser can finish it. The nonce reveals nothing about the person, and only its keyed hash is stored.
 */
const NONCE_SECONDS = 24 * 60 * 60;
/** 256 bits as base64url. */
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** The hash of this browser's nonce, or null when it has none yet. */
export function browserHashOf(browser: Browser): string | null {
  const nonce = readNonce(browser);
  return nonce === null ? null : hmac('browser', nonce);
}

/**
 * As `browserHashOf`, but sets a nonce when the browser has none. For actions and route handlers: pages cannot set
 * cookies.
 */
export function ensureHashOf(browser: Browser): string {
  const { context, jar } = browser;
  const nonce = readNonce(browser) ?? randomToken(32);
  jar.set(cookieName(context, 'signet_browser'), nonce, { ...cookieSettings(context), maxAge: NONCE_SECONDS });
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
export function isFamiliarTo(browser: Browser, address: string): boolean {
  return readFamiliar(browser).includes(familiarTag(browser.context, address));
}

/** Records that these addresses have signed in in this browser. */
export function rememberIn(browser: Browser, addresses: string[]): void {
  const { context, jar } = browser;
  const tags = addresses.map((address) => familiarTag(context, address));
  const all = [...new Set([...tags, ...readFamiliar(browser)])].slice(0, MAX_FAMILIAR_ADDRESSES);
  const settings = { ...cookieSettings(context), maxAge: FAMILIAR_SECONDS };
  jar.set(cookieName(context, FAMILIAR_COOKIE), all.join('.'), settings);
}

/**
 * A third cookie identifies this browser by a random token: the database keeps its hash for each identity that signs in
 * here, and a sign-in elsewhere is announced by mail. It grants no access.
 */
const KNOWN_COOKIE = 'signet_known';

/** Tokens of requests from browsers without one, for the cookie of a sign-in that succeeds. */
const newTokens = new WeakMap<RequestContext, string>();

/** What this browser knows about earlier sign-ins. Sets no cookie: a refused sign-in leaves no trace. */
export function memoryOf(browser: Browser): BrowserMemory {
  return { token: tokenOf(browser), isFamiliarTo: (address) => isFamiliarTo(browser, address) };
}

/** Keeps the token of `memoryOf` in the browser, or renews its cookie. */
export function keepMemory(browser: Browser): void {
  const { context, jar } = browser;
  const settings = { ...cookieSettings(context), maxAge: KNOWN_BROWSER_SECONDS };
  jar.set(cookieName(context, KNOWN_COOKIE), tokenOf(browser), settings);
}

function tokenOf({ context, jar }: Browser): string {
  const value = jar.get(cookieName(context, KNOWN_COOKIE))?.value ?? '';
  if (TOKEN.test(value)) return value;
  const token = newTokens.get(context) ?? randomToken(32);
  newTokens.set(context, token);
  return token;
}

function readFamiliar({ context, jar }: Browser): string[] {
  const value = jar.get(cookieName(context, FAMILIAR_COOKIE))?.value ?? '';
  return value
    .split('.')
    .filter((tag) => TOKEN.test(tag))
    .slice(0, MAX_FAMILIAR_ADDRESSES);
}

function familiarTag({ projectId }: RequestContext, address: string): string {
  return hmac('familiar', `${projectId}\0${normalizeAddress(address)}`);
}

function readNonce({ context, jar }: Browser): string | null {
  const value = jar.get(cookieName(context, 'signet_browser'))?.value ?? '';
  return TOKEN.test(value) ? value : null;
}
