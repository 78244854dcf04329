// better-sqlite3 12 supports Node 20, for which it may have to be compiled. Compiled against the headers of Node 24.19
// and later it aborts the process under load ("Assertion failed: (env) != nullptr"). Version 13 does not, but requires
// Node 22: npm installs it beside 12, as better-sqlite3-napi, wherever it runs. There it replaces 12, so that every
// import of `better-sqlite3` gets it. One lock file serves both.
import { cpSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from './root.mjs';

const place = inRoot('node_modules/better-sqlite3');
const modern = inRoot('node_modules/better-sqlite3-napi');
const FIRST_NODE = 22;

/** Call after every installation of packages. */
export function pickSqliteDriver() {
  if (Number(process.versions.node.split('.')[0]) < FIRST_NODE || !existsSync(modern)) return;
  if (versionOf(place) === versionOf(modern)) return;
  const part = `${place}.part`;
  rmSync(part, { recursive: true, force: true });
  cpSync(modern, part, { recursive: true, filter: (name) => !/^(deps|src)$/.test(path.relative(modern, name)) });
  rmSync(place, { recursive: true, force: true });
  renameSync(part, place);
}

function versionOf(folder) {
  try {
    return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')).version;
  } catch {
    return undefined;
  }
}
