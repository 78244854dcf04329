import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, openSync, writeSync } from 'node:fs';
import { inRoot } from './root.mjs';

const file = inRoot('.env');

/** Writes .env with a fresh secret where there is none, then reads it. What the environment already says wins. */
export function loadSettings() {
  if (!existsSync(file) && !process.env.SIGNET_SECRET) writeFirst();
  if (existsSync(file)) process.loadEnvFile(file);
}

function writeFirst() {
  const lines = [
    '# Written by the first start. .env.example explains every setting.',
    '# The secret protects signing keys, codes and cookies: keep it to yourself, and back it up together with the data.',
    `SIGNET_SECRET=${randomBytes(32).toString('base64url')}`,
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
