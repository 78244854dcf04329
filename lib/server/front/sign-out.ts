import type { ServerResponse } from 'node:http';

/** A `Set-Cookie` that removes a session cookie, whether a form, next-auth or an account deletion wrote it. */
const REMOVAL = /^(?:__Host-)?signet_session_\w+=;/;

/**
 * Not "cookies": browsers clear those of the whole registrable domain, including neighboring hosts (Clear Site Data,
 * "cookies"), and with them the language, the theme and the familiar addresses. Not "executionContexts": it reloads
 * open pages.
 */
const CLEARED = '"cache", "storage"';

/** The headers of a response that signs out; none of any other. */
export function signOutHeaders(cookies: readonly string[]): { 'clear-site-data'?: string } {
  return cookies.some((cookie) => REMOVAL.test(cookie)) ? { 'clear-site-data': CLEARED } : {};
}

/**
 * Makes the browser clear cached personal pages with each response that signs out. Decided when the head is written.
 */
export function clearOnSignOut(response: ServerResponse): void {
  const { writeHead } = response;
  response.writeHead = (...given: unknown[]) => {
    const cookies = [response.getHeader('set-cookie') ?? []].flat().map(String);
    for (const [name, value] of Object.entries(signOutHeaders(cookies))) response.setHeader(name, value);
    return Reflect.apply(writeHead, response, given);
  };
}
