export const MAX_PATH_LENGTH = 2048;
/** Longer ones are refused by most proxies. */
export const MAX_LOCAL_PATH_LENGTH = 8192;

/**
 * A path on this origin that a redirect may lead to, in ASCII; otherwise null. Refuses what a browser takes for another
 * host (`//host`, `/\host`), control characters (which browsers drop), and anything that is not a path.
 */
export function toLocalPath(value: unknown, maxLength = MAX_PATH_LENGTH): string | null {
  if (typeof value !== 'string' || value.length > maxLength) return null;
  if (!value.startsWith('/') || /[\\\p{Cc}\p{Cs}\u2028\u2029]/u.test(value)) return null;
  if (!URL.canParse(value, 'http://signet.invalid')) return null;
  const url = new URL(value, 'http://signet.invalid');
  // A path such as `/.//host` begins with two slashes once its dots are resolved.
  return url.origin === 'http://signet.invalid' && !/^\/\//.test(value) && !url.pathname.startsWith('//')
    ? value.replace(/[^!-~]+/g, encodeURIComponent) // headers allow no other characters (RFC 9110 §5.5)
    : null;
}
