// Requests as text, built once and sent many times.

export function toText({ host }, method, path, headers, body = '') {
  const all = { host, ...headers, ...(body !== '' && { 'content-length': Buffer.byteLength(body) }) };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}

/** Client credentials with HTTP Basic (RFC 6749 §4.4). */
export function tokenRequest(target, path) {
  const authorization = `Basic ${Buffer.from(`${target.clientId}:${target.clientSecret}`).toString('base64')}`;
  const form = { authorization, 'content-type': 'application/x-www-form-urlencoded' };
  return toText(target, 'POST', path, form, 'grant_type=client_credentials');
}
