// Installs the npm packages that package-lock.json names, when they are not there yet.
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from './root.mjs';
import { run } from './run.mjs';
import { hashOf, isFresh, removeStamp, writeStamp } from './stamp.mjs';

const lockFile = inRoot('package-lock.json');
const stamp = inRoot('node_modules/.signet-install');

/** Makes sure of the packages for running (`dev: false`) or of all packages (`dev: true`). More than needed is left alone. */
export async function install({ dev }) {
  const hash = (kind) => hashOf([lockFile], kind, process.platform, process.arch, process.versions.modules);
  if (isFresh(stamp, hash('all')) || (!dev && isFresh(stamp, hash('production')))) return;
  // Somebody may have installed by hand, with `npm ci` or `npm install`.
  for (const kind of dev ? ['all'] : ['all', 'production']) {
    if (isInstalled(kind === 'all') && (await loadsNatively())) return writeStamp(stamp, hash(kind));
  }
  console.error('Installing packages (a minute or two the first time, when the SQLite driver has to be compiled) …');
  removeStamp(stamp);
  const code = await npm('ci', dev ? '--include=dev' : '--omit=dev');
  if (code !== 0) {
    throw new Error(
      'npm ci failed; its reason stands above. Where the SQLite driver has to be compiled, python3, make and g++ are needed.',
    );
  }
  if (!(await loadsNatively())) {
    throw new Error(
      `The SQLite driver was not made for Node ${process.versions.node}. If npm has a setting "nodedir" (npm config get nodedir), it names the headers of another version.`,
    );
  }
  writeStamp(stamp, hash(dev ? 'all' : 'production'));
}

/** Runs the npm this was started by, else the one in PATH. */
async function npm(...args) {
  const cli = process.env.npm_execpath;
  const viaNode = cli?.endsWith('npm-cli.js');
  const command = viaNode ? process.execPath : process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const headers = ownHeaders();
  const { code } = await run(command, viaNode ? [cli, ...args] : args, {
    shell: command.endsWith('.cmd'),
    env: headers ? { npm_config_nodedir: headers } : {},
  });
  return code;
}

/**
 * The folder whose include/node belongs to this very Node, or undefined. A machine's own npm setting may name those of
 * another version, and what is compiled with them does not load. (npm's package `node` keeps its headers beside itself.)
 */
function ownHeaders() {
  const places = [process.execPath, realpathSync(process.execPath)].map((file) => path.resolve(file, '../..'));
  const beside = places.flatMap((place) => {
    const folder = path.join(place, 'node_modules');
    const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith('node-')) : [];
    return names.map((name) => path.join(folder, name));
  });
  return [...places, ...beside].find((place) => headersVersion(place) === process.versions.node);
}

function headersVersion(place) {
  const file = path.join(place, 'include/node/node_version.h');
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, 'utf8');
  return ['MAJOR', 'MINOR', 'PATCH'].map((part) => text.match(`#define NODE_${part}_VERSION (\\d+)`)?.[1]).join('.');
}

/** npm writes node_modules/.package-lock.json last, with what it installed: a run cut short leaves none. */
function isInstalled(dev) {
  const wanted = readJson(lockFile).packages;
  const there = readJson(inRoot('node_modules/.package-lock.json'))?.packages;
  if (!there) return false;
  return Object.entries(wanted).every(
    ([place, { version, optional, devOptional, dev: isDev }]) =>
      place === '' || optional || devOptional || (isDev && !dev) || there[place]?.version === version,
  );
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** False when the native driver was compiled for another Node, or not at all (`--ignore-scripts`). */
async function loadsNatively() {
  const script = "new (require('better-sqlite3'))(':memory:').close()";
  return (await run(process.execPath, ['-e', script], { capture: true })).code === 0;
}
