import type { IncomingMessage } from 'node:http';
import { AppError } from '@/lib/platform/errors';

/** The target of a request as sent. */
export type Target = {
  /** Path and query. */
  url: string;
  path: string;
  /** The host that the client names; empty when it names none. */
  host: string;
};

/** RFC 3986 §3.2.2 and §3.2.3, without user information (RFC 9110 §4.2.4). May be empty. */
const HOST = /^(?:\[[\da-f:.]+\]|[\w\-.~%!$&'()*+,;=]*)(?::\d*)?$/i;

/**
 * The target of a request by RFC 9112 §3.2: origin form, or absolute form, whose authority then replaces `Host`
 * (§3.2.2). Node has already refused malformed requests, several lengths, and a missing `Host`. Refuses:
 * `invalid_input`.
 */
export function readTarget({ url = '', headers, rawHeaders }: IncomingMessage): Target {
  const host = headers.host ?? '';
  if (countOf('host', rawHeaders) > 1) throw invalid('The request has more than one Host header'); // RFC 9112 §3.2
  if (!HOST.test(host)) throw invalid('The Host header is not valid');
  if (!/^[!-~]+$/.test(url) || url.includes('#')) throw invalid('The request target is not a URI');
  const absolute = /^https?:\/\/([^/?]*)(.*)$/i.exec(url);
  if (absolute) {
    const [, authority = '', rest = ''] = absolute;
    if (authority === '' || !HOST.test(authority)) throw invalid('The request target has no valid host');
    return toTarget(rest.startsWith('/') ? rest : `/${rest}`, authority);
  }
  if (!url.startsWith('/')) throw invalid('The request target must be a path or an http URL');
  return toTarget(url, host);
}

/** How often a header was sent. Names and values alternate. */
function countOf(header: string, raw: readonly string[]): number {
  let count = 0;
  for (let at = 0; at < raw.length; at += 2) if (raw[at]?.toLowerCase() === header) count++;
  return count;
}

function toTarget(url: string, host: string): Target {
  const path = url.split('?', 1)[0] ?? '/';
  if (!isDecodable(path)) throw invalid('The path is not valid percent-encoded UTF-8');
  // Prevents bypassing a proxy that allows by prefix. URL parsers read a backslash as a slash.
  if (/(^|\/)\.{1,2}(\/|$)/.test(decodeURIComponent(path)) || path.includes('\\')) {
    throw invalid('The path contains a backslash or a dot segment');
  }
  return { url, path, host };
}

/** RFC 3986 §2.1; invalid UTF-8 would become an error deep inside Next. */
function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

function invalid(reason: string): AppError {
  return new AppError('invalid_input', { reason });
}
