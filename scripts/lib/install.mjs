// Installs the npm packages named in package-lock.json, when they are missing.
import { readFileSync } from 'node:fs';
import { headersFor } from './headers.mjs';
import { inRoot } from './root.mjs';
import { run } from './run.mjs';
import { pickSqliteDriver } from './sqlite-driver.mjs';
import { hashOf, isFresh, removeStamp, writeStamp } from './stamp.mjs';

const lockFile = inRoot('package-lock.json');
const stamp = inRoot('node_modules/.signet-install');

const hash = () => hashOf([lockFile], process.platform, process.arch, process.versions.modules);

/**
 * Whether the packages are installed, be it by hand with `npm ci` or `npm install`. A finished build runs with
 * production packages alone (`npm prune --omit=dev`); building and testing need all of them.
 */
export async function isInstallReady({ dev }) {
  return isInstalled(dev) && (isFresh(stamp, hash()) || (await loadsNatively()));
}

/** Ensures all packages: a build needs the development tools. */
export async function install() {
  pickSqliteDriver();
  if (await isInstallReady({ dev: true })) return writeStamp(stamp, hash());
  console.error(
    'Installing packages (the first time may take a minute or two if the SQLite driver must be compiled) …',
  );
  removeStamp(stamp);
  const headers = await headersFor(npm);
  const env = { JOBS: 'max', ...(headers && { npm_config_nodedir: headers.dir }) }; // node-gyp compiles on all cores
  const { code } = await npm(['ci', '--include=dev'], { env });
  headers?.remove();
  if (code !== 0) {
    throw new Error('npm ci failed; see above. Compiling the SQLite driver requires python3, make and g++.');
  }
  pickSqliteDriver();
  if (!(await loadsNatively())) {
    throw new Error(
      `The SQLite driver was not built for Node ${process.versions.node}. If the npm setting "nodedir" is set (npm config get nodedir), it points to headers of another version.`,
    );
  }
  writeStamp(stamp, hash());
}

/** Runs the npm that started this process, else the one in PATH. */
function npm(args, options = {}) {
  const cli = process.env.npm_execpath;
  return cli?.endsWith('npm-cli.js') ? run(process.execPath, [cli, ...args], options) : run('npm', args, options);
}

/** npm writes node_modules/.package-lock.json last, with what it installed: an interrupted run leaves none. */
function isInstalled(withDev) {
  const wanted = readJson(lockFile).packages;
  const there = readJson(inRoot('node_modules/.package-lock.json'))?.packages;
  if (!there) return false;
  return Object.entries(wanted).every(
    ([place, { version, optional, devOptional, dev }]) =>
      place === '' || optional || ((dev || devOptional) && !withDev) || there[place]?.version === version,
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
