import { type Cookies, parseCookie } from 'cookie';
import { isUuid } from '@/lib/platform/ids';
import { decryptToken, encryptToken } from '@/lib/platform/next-auth-token';
import type { RequestContext } from '../http/context';
import type { ApiRequest } from '../http/request';

/** The session cookie holds the session ID and nothing else. Every read checks the session's row. */
export type CookieSettings = {
  httpOnly: true;
  sameSite: 'lax';
  path: '/';
  secure: boolean;
};

export type Place = Pick<RequestContext, 'projectId' | 'origin'>;

/** One name per project, so that projects on sibling hosts or ports never read each other's cookie. */
export function sessionCookieName(place: Place): string {
  return projectCookieName(place, 'signet_session');
}

export function projectCookieName(place: Place, name: string): string {
  return cookieName(place, `${name}_${place.projectId.slice(-8)}`);
}

/** RFC 6265bis §4.1.3.2: with `__Host-`, no sibling host can set it. Browsers accept the prefix over https only. */
export function cookieName({ origin }: Pick<Place, 'origin'>, name: string): string {
  return origin.startsWith('https:') ? `__Host-${name}` : name;
}

/** `Lax`, so that people who follow a link in a mail are signed in. */
export function cookieSettings({ origin }: Pick<Place, 'origin'>): CookieSettings {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: origin.startsWith('https:') };
}

/** The session cookie's value: encrypted, bound to the project, expires with the session. */
export function encodeSessionId({ projectId }: Place, sessionId: string, expiresAt: Date): string {
  return encryptToken(projectId, { sid: sessionId }, secondsUntil(expiresAt));
}

/** The session ID, or null unless we issued the value for this project and it has not expired. */
export function decodeSessionId(place: Place, value: string | undefined): string | null {
  const sid = decodeToken(place, value)?.sid;
  return typeof sid === 'string' && isUuid(sid) ? sid : null;
}

const MAX_COOKIE_LENGTH = 4096;

export function decodeToken({ projectId }: Pick<Place, 'projectId'>, value: string | undefined) {
  if (!value || value.length > MAX_COOKIE_LENGTH) return null;
  return decryptToken(projectId, value);
}

/** At least one. */
export function secondsUntil(expiresAt: Date): number {
  return Math.max(1, Math.floor((expiresAt.getTime() - Date.now()) / 1000));
}

/**
 * RFC 6265 §4.2.1. Of several cookies with one name the last counts, as on pages (Next): both act on the same session.
 * The package takes the first one.
 */
export function readCookies(request: Pick<ApiRequest, 'headers'>): Cookies {
  const pairs = (request.headers.get('cookie') ?? '').split(';');
  return parseCookie(pairs.reverse().join(';'));
}
