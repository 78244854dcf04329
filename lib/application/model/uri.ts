import { type Application, type ApplicationKind, MAX_URI_LENGTH } from '../model';

/** Why a URI is refused; each has its words on the page. */
export type UriFault =
  | 'unreadable'
  | 'long'
  | 'fragment'
  | 'wildcard'
  | 'credentials'
  | 'insecure'
  | 'localhost'
  | 'scheme';

const LOOPBACK = ['127.0.0.1', '[::1]'];

/** A scheme that belongs to an application by a domain turned around, such as `com.example.app` (RFC 8252 §7.1). */
const PRIVATE_SCHEME = /^[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+:/;

/**
 * Why an application of this kind may not be sent to a URI, or null: `https`; `http` on a loopback address, and on
 * `localhost` except for native applications, where another program may listen on it (RFC 8252 §8.3); for native
 * applications also a scheme with a dot. No wildcards and no fragments (RFC 9700 §4.1, OAuth 2.1 §2.3.1).
 */
export function redirectUriFault(kind: ApplicationKind, uri: string): UriFault | null {
  const malformed = malformedFault(uri);
  if (malformed) return malformed;
  if (PRIVATE_SCHEME.test(uri)) return kind === 'native' ? null : 'scheme';
  const fault = webFault(uri);
  if (fault !== 'insecure') return fault;
  const { hostname } = new URL(uri);
  if (LOOPBACK.includes(hostname)) return null;
  if (hostname === 'localhost') return kind === 'native' ? 'localhost' : null;
  return 'insecure';
}

/** Why logout tokens may not be sent to a URI, or null: `https`, or `http` on a loopback address. */
export function logoutUriFault(uri: string): UriFault | null {
  const fault = malformedFault(uri) ?? webFault(uri);
  if (fault !== 'insecure') return fault;
  const { hostname } = new URL(uri);
  return LOOPBACK.includes(hostname) || hostname === 'localhost' ? null : 'insecure';
}

/** Why a URI cannot be opened from a page, or null: `https` or `http` on any host. */
export function launchUrlFault(uri: string): UriFault | null {
  if (uri.length > MAX_URI_LENGTH) return 'long';
  if (!/^https?:\/\/[^/?#@\s]+/.test(uri) || !URL.canParse(uri)) return 'unreadable';
  return hasCredentials(uri) ? 'credentials' : null;
}

/** Printable ASCII as RFC 3986 allows it, so that a comparison by bytes is one of URIs. */
function malformedFault(uri: string): UriFault | null {
  if (uri.length > MAX_URI_LENGTH) return 'long';
  if (!/^[!-~]+$/.test(uri) || /[\\"<>^`{|}]/.test(uri) || !URL.canParse(uri)) return 'unreadable';
  if (uri.includes('#')) return 'fragment';
  return uri.includes('*') ? 'wildcard' : null;
}

/** `insecure`: by `http`, which the caller may allow. */
function webFault(uri: string): UriFault | null {
  if (!/^https?:/.test(uri)) return 'scheme';
  if (!/^https?:\/\/[^/?@]+/.test(uri)) return hasCredentials(uri) ? 'credentials' : 'unreadable';
  if (hasCredentials(uri)) return 'credentials';
  return uri.startsWith('https:') ? null : 'insecure';
}

function hasCredentials(uri: string): boolean {
  const { username, password } = new URL(uri);
  return username !== '' || password !== '';
}

const LOOPBACK_URI = /^(http:\/\/(?:127\.0\.0\.1|\[::1\]))(?::([1-9]\d{0,4}))?(?=[/?]|$)/;

/**
 * Whether the application registered a redirect URI, byte for byte (RFC 9700 §2.1). A native application that
 * registered a loopback address without a port is matched at any port (RFC 8252 §7.3).
 */
export function matchesRedirectUri({ kind, redirectUris }: Pick<Application, 'kind' | 'redirectUris'>, uri: string) {
  if (redirectUris.includes(uri)) return true;
  const [, origin, port] = LOOPBACK_URI.exec(uri) ?? [];
  if (kind !== 'native' || origin === undefined || port === undefined || Number(port) > 65_535) return false;
  return redirectUris.includes(origin + uri.slice(origin.length + 1 + port.length));
}

/** Whether it is reached by a loopback address or a scheme of its own, which another program may have (RFC 8252 §8.6). */
export function isUnauthenticatedUri(uri: string): boolean {
  return PRIVATE_SCHEME.test(uri) || LOOPBACK_URI.test(uri);
}
