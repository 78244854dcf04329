// JavaScript, because scripts/prisma/schema-engine.mjs needs it before anything is bundled.
import { existsSync } from 'node:fs';
import path from 'node:path';

/** Parameters of SQLite's own URIs that would open something other than the file (https://sqlite.org/uri.html). */
const REFUSED = ['mode', 'vfs', 'immutable', 'nolock'];

/**
 * The only interpretation of a `file:` URL: the absolute path of the SQLite file. Relative paths start at the working
 * directory; percent-encoding is decoded, an empty or `localhost` host is accepted (RFC 8089), the query and the
 * fragment are ignored. Throws when the URL names no file.
 * @param {string} url
 * @returns {string}
 */
export function sqliteFile(url) {
  const [, host, encoded = '', query = ''] = /^file:(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?/.exec(url) ?? [];
  if (host && host !== 'localhost')
    throw new Error(`${url} names the host ${host}; write file:${host}${encoded} for a relative path`);
  const parameter = REFUSED.find((name) => new URLSearchParams(query).has(name));
  if (parameter) throw new Error(`${url} has the parameter ${parameter}, which is not supported`);
  const name = decode(encoded, url).replace(/^\/(?=[A-Za-z]:[\\/])/, ''); // file:///C:/data
  if (name === '' || name === ':memory:' || /[\\/]$/.test(name)) throw new Error(`${url} does not name a file`);
  if (name.includes('\0')) throw new Error('The path of an SQLite file contains NUL');
  return path.resolve(name);
}

/**
 * The URL of a file, such that `sqliteFile` returns the same path.
 * @param {string} file
 */
export function sqliteUrl(file) {
  return `file:${path.resolve(file).replaceAll(/[%?#]/g, encodeURIComponent)}`;
}

/**
 * Version 0.1.0 did not decode paths: throws when a database exists at the undecoded path but not at the decoded one,
 * so that an upgrade does not silently continue with an empty database.
 * @param {string} url
 */
export function guardUndecodedFile(url) {
  const file = sqliteFile(url);
  const undecoded = path.resolve(url.slice('file:'.length));
  if (undecoded === file || existsSync(file) || !existsSync(undecoded)) return;
  throw new Error(
    `DATABASE_URL names ${file}, but the database is ${undecoded}; set DATABASE_URL=${sqliteUrl(undecoded)}`,
  );
}

function decode(text, url) {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Error(`${url} has malformed percent-encoding; write %25 for a percent sign`);
  }
}
