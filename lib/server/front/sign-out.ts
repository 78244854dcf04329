import type { ServerResponse } from 'node:http';

/** A `Set-Cookie` that takes a session's cookie away, whether a form, next-auth or a deleted account wrote it. */
const REMOVAL = /^(?:__Host-)?signet_session_\w+=;/;

/**
 * Not "cookies": browsers remove those of the whole registrable domain, neighbouring hosts included (Clear Site Data, "cookies"), and
 * with them the language, the theme and which addresses are familiar here. Not "executionContexts": it reloads open pages.
 */
const CLEARED = '"cache", "storage"';

/** Has the browser drop what it has kept of personal pages with each answer that signs out. Decided when the head is written. */
export function clearOnSignOut(response: ServerResponse): void {
  const { writeHead } = response;
  response.writeHead = (...given: unknown[]) => {
    const cookies = [response.getHeader('set-cookie') ?? []].flat().map(String);
    if (cookies.some((cookie) => REMOVAL.test(cookie))) response.setHeader('clear-site-data', CLEARED);
    return Reflect.apply(writeHead, response, given);
  };
}
