export const MAX_PATH_LENGTH = 2048;
/** Beyond it most proxies refuse the request for the path itself. */
export const MAX_LOCAL_PATH_LENGTH = 8192;

/**
 * A path on this very origin that a redirect may lead to, in ASCII, or null. Refuses what a browser would take for another host
 * (`//host`, `/\host`), control characters (which browsers drop), and what is no path at all.
 */
export function toLocalPath(value: unknown, maxLength = MAX_PATH_LENGTH): string | null {
  if (typeof value !== 'string' || value.length > maxLength) return null;
  if (!value.startsWith('/') || /[\\\p{Cc}\p{Cs}\u2028\u2029]/u.test(value)) return null;
  if (!URL.canParse(value, 'http://signet.invalid')) return null;
  const url = new URL(value, 'http://signet.invalid');
  // A path such as `/.//host` begins with two slashes once its dots are resolved.
  return url.origin === 'http://signet.invalid' && !/^\/\//.test(value) && !url.pathname.startsWith('//')
    ? value.replace(/[^!-~]+/g, encodeURIComponent) // a header carries no other characters (RFC 9110 §5.5)
    : null;
}
