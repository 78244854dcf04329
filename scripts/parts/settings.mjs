import { randomBytes } from 'node:crypto';
import { appendFileSync, closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { holdsProject } from '../../lib/platform/db/holds-project.mjs';
import { sqliteFile, sqliteUrl } from '../../lib/platform/db/sqlite-file.mjs';
import { decodeUtf8 } from '../../lib/platform/utf8.mjs';
import { pause } from './pause.mjs';
import { inRoot } from './root.mjs';

const file = inRoot('.env');
const PATIENCE_MILLIS = 60_000;
const PAUSE_MILLIS = 2000;
/** No connection, starting up, too many connections. */
const LATE = /^(ECONN\w+|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|57P03|53300)$/;

/** Reads .env, where there is one. What the environment already says wins. */
export function loadSettings() {
  if (process.env.SIGNET_SECRET === '') delete process.env.SIGNET_SECRET;
  if (existsSync(file)) readFile();
}

/** Node's own loadEnvFile would take a byte order mark for a part of the first name, and UTF-16 for no setting at all. */
function readFile() {
  for (const [name, value] of Object.entries(parseEnv(decodeUtf8(readFileSync(file), file))))
    process.env[name] ??= value;
}

/**
 * Writes a fresh secret into .env when there is none, which only a new database gets: over one that holds a project another secret
 * would make keys and mails unreadable. Needs the packages. Throws when the database has one, or cannot be asked.
 */
export async function ensureSecret() {
  if (process.env.SIGNET_SECRET) return;
  const dataDir = process.env.SIGNET_DATA_DIR || 'data';
  const url = process.env.DATABASE_URL || sqliteUrl(path.resolve(dataDir, 'signet.db'));
  if (await isTaken(url)) {
    throw new Error(
      `SIGNET_SECRET is not set, but the database ${place(url)} belongs to an installation. Restore the value it was set up with, which belongs to every backup (.env). If it is lost for good, set a new one and see: npm run -s signet -- secret adopt --help`,
    );
  }
  if (existsSync(file)) append();
  else writeFirst();
  delete process.env.SIGNET_SECRET; // empty in .env
  readFile();
}

/** PostgreSQL may start later than this, at boot: for a minute it is asked again. */
async function isTaken(url) {
  for (const end = Date.now() + PATIENCE_MILLIS; ; await pause(PAUSE_MILLIS)) {
    try {
      return await holdsProject(url);
    } catch (cause) {
      const reason = cause.message || cause.code; // several addresses were tried: that error has no message of its own
      if (!LATE.test(cause.code) || Date.now() > end)
        throw new Error(
          `SIGNET_SECRET is not set, and the database ${place(url)} cannot be asked whether it is new: ${reason}`,
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
    const handle = openSync(file, 'wx', 0o600); // never over one that is there, never readable by others
    writeSync(handle, lines.join('\n'));
    closeSync(handle);
  } catch (error) {
    if (error.code !== 'EEXIST') throw error; // another start was faster
  }
}
