// Installs the npm packages that package-lock.json names, when they are not there yet.
import { readFileSync } from 'node:fs';
import { headersFor } from './headers.mjs';
import { inRoot } from './root.mjs';
import { run } from './run.mjs';
import { pickSqliteDriver } from './sqlite-driver.mjs';
import { hashOf, isFresh, removeStamp, writeStamp } from './stamp.mjs';

const lockFile = inRoot('package-lock.json');
const stamp = inRoot('node_modules/.signet-install');

const hashFor = (kind) => hashOf([lockFile], kind, process.platform, process.arch, process.versions.modules);

/** Whether `install` has nothing to do; packages may have been installed by hand, with `npm ci` or `npm install`. */
export async function isInstallReady({ dev }) {
  return (await readyKind(dev)) !== undefined;
}

/** Makes sure of the packages for running (`dev: false`) or of all packages (`dev: true`). More than needed is left alone. */
export async function install({ dev }) {
  pickSqliteDriver();
  const ready = await readyKind(dev);
  if (ready) return writeStamp(stamp, hashFor(ready));
  console.error('Installing packages (a minute or two the first time, when the SQLite driver has to be compiled) …');
  removeStamp(stamp);
  const headers = await headersFor(npm);
  const env = headers ? { npm_config_nodedir: headers.dir } : {};
  const { code } = await npm(['ci', dev ? '--include=dev' : '--omit=dev'], { env });
  headers?.remove();
  if (code !== 0) {
    throw new Error(
      'npm ci failed; its reason stands above. Where the SQLite driver has to be compiled, python3, make and g++ are needed.',
    );
  }
  pickSqliteDriver();
  if (!(await loadsNatively())) {
    throw new Error(
      `The SQLite driver was not made for Node ${process.versions.node}. If npm has a setting "nodedir" (npm config get nodedir), it names the headers of another version.`,
    );
  }
  writeStamp(stamp, hashFor(dev ? 'all' : 'production'));
}

/** `all`, `production`, or undefined when packages are missing. */
async function readyKind(dev) {
  const kinds = dev ? ['all'] : ['all', 'production'];
  const stamped = kinds.find((kind) => isFresh(stamp, hashFor(kind)));
  if (stamped) return stamped;
  const installed = kinds.find((kind) => isInstalled(kind === 'all'));
  return installed && (await loadsNatively()) ? installed : undefined;
}

/** Runs the npm this was started by, else the one in PATH. */
function npm(args, options = {}) {
  const cli = process.env.npm_execpath;
  const viaNode = cli?.endsWith('npm-cli.js');
  const command = viaNode ? process.execPath : process.platform === 'win32' ? 'npm.cmd' : 'npm';
  return run(command, viaNode ? [cli, ...args] : args, { shell: command.endsWith('.cmd'), ...options });
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
