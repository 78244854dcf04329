import { randomBytes } from 'node:crypto';
import { appendFileSync, closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { databaseUrlFault } from '../../lib/platform/db/database-url.mjs';
import { holdsProject } from '../../lib/platform/db/holds-project.mjs';
import { sqliteFile, sqliteUrl } from '../../lib/platform/db/sqlite-file.mjs';
import { readSettingFiles } from '../../lib/platform/setting-files.mjs';
import { decodeUtf8 } from '../../lib/platform/utf8.mjs';
import { pause } from './pause.mjs';
import { inRoot } from './root.mjs';

const file = inRoot('.env');
const TIMEOUT_MILLIS = 60_000;
const PAUSE_MILLIS = 2000;
/** No connection, starting up, too many connections. */
const UNAVAILABLE = /^(ECONN\w+|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|57P03|53300)$/;

/** Reads .env, where there is one. The environment takes precedence. */
export function loadSettings() {
  if (process.env.SIGNET_SECRET === '') delete process.env.SIGNET_SECRET;
  if (existsSync(file)) readFile();
}

/**
 * Node's own loadEnvFile would read a byte order mark as part of the first name, UTF-16 as no setting at all, and a
 * file with CR line ends as a single line. A remaining mark, such as between concatenated files, or a non-breaking
 * space would make a setting that nothing reads.
 */
function readFile() {
  const settings = Object.entries(parseEnv(decodeUtf8(readFileSync(file), file).replace(/\r\n?/g, '\n')));
  const [odd] = settings.find(([name]) => /[^\x21-\x7e]/.test(name)) ?? [];
  if (odd !== undefined)
    throw new Error(
      `${file}: the setting name ${JSON.stringify(visible(odd))} contains a hidden or non-ASCII character`,
    );
  for (const [name, value] of settings) process.env[name] ??= value;
}

/** @param {string} text */
const visible = (text) =>
  text.replace(/[^\x20-\x7e]/g, (char) => `<U+${char.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}>`);

/** Whether the settings have a secret, or name the file that contains it. */
export const hasSecret = () => Boolean(process.env.SIGNET_SECRET || process.env.SIGNET_SECRET_FILE);

/**
 * Writes a fresh secret into .env when there is none, for a new database only: with another secret, the keys and mails
 * of an existing project would be unreadable. Requires installed packages. Throws when the database has a project or
 * cannot be read.
 */
export async function ensureSecret() {
  if (hasSecret()) return;
  const dataDir = process.env.SIGNET_DATA_DIR || 'data';
  const { settings, faults } = readSettingFiles(process.env);
  if (faults.length > 0) throw new Error(faults.join('\n'));
  const url = settings.DATABASE_URL || sqliteUrl(path.resolve(dataDir, 'signet.db'));
  const fault = databaseUrlFault(url);
  if (fault) throw new Error(`DATABASE_URL ${fault}`);
  if (await isTaken(url)) {
    throw new Error(
      `SIGNET_SECRET is not set, but the database ${place(url)} belongs to an installation. Restore its value; it belongs to every backup (.env). If it is lost, set a new one and see: npm run -s signet -- secret adopt --help`,
    );
  }
  if (existsSync(file)) append();
  else writeFirst();
  delete process.env.SIGNET_SECRET; // empty in .env
  readFile();
}

/** At boot PostgreSQL may start later than this: retries for a minute. */
async function isTaken(url) {
  for (const end = Date.now() + TIMEOUT_MILLIS; ; await pause(PAUSE_MILLIS)) {
    try {
      return await holdsProject(url);
    } catch (cause) {
      const reason = cause.message || cause.code; // after several addresses the error has no message of its own
      if (!UNAVAILABLE.test(cause.code) || Date.now() > end)
        throw new Error(
          `SIGNET_SECRET is not set, and whether the database ${place(url)} is new cannot be checked: ${reason}`,
        );
      console.error(`Waiting for the database ${place(url)}: ${reason}`);
    }
  }
}

/** Without user and password. */
function place(url) {
  return url.startsWith('file:') ? sqliteFile(url) : url.replace(/^\w+:\/\/(?:[^?]*@)?([^?]*).*$/s, '$1');
}

const line = () => `SIGNET_SECRET=${randomBytes(32).toString('base64url')}`;

function append() {
  const text = decodeUtf8(readFileSync(file), file);
  appendFileSync(file, `${text === '' || text.endsWith('\n') ? '' : '\n'}${line()}\n`);
}

function writeFirst() {
  const lines = [
    '# Written by the first start. .env.example explains every setting.',
    '# The secret protects signing keys, codes and cookies: keep it to yourself, and back it up together with the data.',
    line(),
    '',
  ];
  try {
    const handle = openSync(file, 'wx', 0o600); // never overwrites, never readable by others
    writeSync(handle, lines.join('\n'));
    closeSync(handle);
  } catch (error) {
    if (error.code !== 'EEXIST') throw error; // another start was faster
  }
}
