import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/**
 * Throws where better-sqlite3 12 runs on a Node whose headers (24.19 and later) make it abort the process under load.
 * `npm start` replaces it by version 13; this check is for other ways of installing.
 */
export function requireSoundDriver(nodeVersion = process.versions.node, driverVersion = installedVersion()): void {
  const [major = 0, minor = 0] = nodeVersion.split('.').map(Number);
  const isAffected = major > 24 || (major === 24 && minor >= 19);
  if (!isAffected || Number(driverVersion.split('.')[0]) > 12) return;
  throw new Error(
    `better-sqlite3 ${driverVersion} crashes under load on Node ${nodeVersion}. Start with \`npm start\`, which installs better-sqlite3 13, or use Node 20 or 22.`,
  );
}

function installedVersion(): string {
  const main = createRequire(import.meta.url).resolve('better-sqlite3'); // …/lib/index.js; 13 does not export its package.json
  return JSON.parse(readFileSync(path.resolve(path.dirname(main), '../package.json'), 'utf8')).version;
}
