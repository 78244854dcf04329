// JavaScript, because scripts/lib/settings.mjs needs it before anything is bundled.
import { sqliteFile } from './sqlite-file.mjs';

/**
 * Why DATABASE_URL cannot be used, without its password; undefined when it is valid.
 * @param {string} url
 * @returns {string | undefined}
 */
export function databaseUrlFault(url) {
  if (!/^(file:|postgres(ql)?:\/\/)/.test(url)) return 'must start with file: or postgresql://';
  const fault = url.startsWith('file:') ? sqliteFault(url) : postgresqlFault(url);
  return fault && `cannot be used: ${fault}`;
}

/** @param {string} url */
function sqliteFault(url) {
  try {
    sqliteFile(url);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * The driver also accepts an empty host before the slash: `postgresql://user@/name?host=/run/postgresql`.
 * @param {string} url
 */
function postgresqlFault(url) {
  const isUrl = URL.canParse(url) || URL.canParse(url.replace('@/', '@localhost/'));
  return isUrl ? undefined : 'it is not a URL; percent-encode special characters in user and password';
}
