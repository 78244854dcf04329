import type { IncomingMessage } from 'node:http';
import { AppError } from '@/lib/platform/errors';

/** What a request asks for, as it was sent. */
export type Target = {
  /** Path and query. */
  url: string;
  path: string;
  /** What the client calls this server; empty when it does not say. */
  host: string;
};

/** RFC 3986 §3.2.2 and §3.2.3, without user information (RFC 9110 §4.2.4). May be empty. */
const HOST = /^(?:\[[\da-f:.]+\]|[\w\-.~%!$&'()*+,;=]*)(?::\d*)?$/i;

/**
 * The target of a request by RFC 9112 §3.2, in origin form or absolute form, whose authority then takes the place of `Host`
 * (§3.2.2). Node has refused what is no request at all, more than one length, and a missing `Host`.
 * Refuses: `invalid_input`.
 */
export function readTarget({ url = '', headers, rawHeaders }: IncomingMessage): Target {
  const hosts = rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host');
  const host = headers.host ?? '';
  if (hosts.length > 1) throw invalid('The request has more than one Host header'); // RFC 9112 §3.2
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

function toTarget(url: string, host: string): Target {
  const path = url.split('?', 1)[0] ?? '/';
  if (!isDecodable(path)) throw invalid('The path is not valid percent-encoded UTF-8');
  // A proxy that allows by prefix must not be walked around. URL parsers read a backslash as a slash.
  if (/(^|\/)\.{1,2}(\/|$)/.test(decodeURIComponent(path)) || path.includes('\\')) {
    throw invalid('The path contains a backslash or a dot segment');
  }
  return { url, path, host };
}

/** RFC 3986 §2.1; what is no UTF-8 would end as an error deep inside of Next. */
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
