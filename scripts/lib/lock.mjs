// One preparation (install, generate, build) at a time in this folder: two starts at once would overwrite each other.
import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pause } from './pause.mjs';
import { inRoot, root } from './root.mjs';

const LOCK_FILE = inRoot('build/.lock');
/** A lock without a holder is being written, or its writer was killed. */
const MAX_EMPTY_MILLIS = 5000;

let held;
/** Child processes that work under the lock. */
const helpers = new Set();

/**
 * Runs `work` while holding the lock. A lock whose holders are gone (killed, power loss) is taken over. Files that
 * `work` creates are readable by every user and writable only by their owner.
 */
export async function withLock(work, file = LOCK_FILE) {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    for (let isReported = false; !acquire(file); isReported = true) {
      if (!isReported) console.error('Waiting for another Signet command that is preparing this folder …');
      await pause(250);
    }
  } catch (error) {
    throw new Error(
      `${root} must be prepared (install, build), but this user cannot write to it: ${error.message}. Run "npm run build" as its owner.`,
    );
  }
  const release = () => rmSync(file, { force: true });
  process.once('exit', release);
  const umask = process.umask(0o022);
  held = file;
  try {
    return await work();
  } finally {
    held = undefined;
    process.umask(umask);
    process.off('exit', release);
    release();
  }
}

/** Adds a child process to the holders: when this process is killed, the child keeps running and keeps the lock. */
export function shareLock(pid) {
  helpers.add(pid);
  writeHolders();
}

export function unshareLock(pid) {
  helpers.delete(pid);
  writeHolders();
}

function writeHolders() {
  if (!held) return;
  const part = `${held}.${process.pid}`;
  writeFileSync(part, [process.pid, ...helpers].map(describe).join('\n'));
  renameSync(part, held);
}

function acquire(file) {
  try {
    writeFileSync(file, describe(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    removeIfAbandoned(file);
    return false;
  }
}

function removeIfAbandoned(file) {
  const holders = read(file);
  const age = Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  if (holders === '' ? age < MAX_EMPTY_MILLIS : holders.split('\n').some(isRunning)) return;
  // Renaming is atomic, so one waiter wins. If the lock changed hands since it was read, it is restored.
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    if (read(aside) !== holders) linkSync(aside, file);
  } catch {
    // Another waiter was faster.
  }
  rmSync(aside, { force: true });
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** A process by its PID and start time, because PIDs are reused (at once in a container). */
function describe(pid) {
  return `${pid} ${beginningOf(pid)}`;
}

function isRunning(holder) {
  const [pid = '', ...began] = holder.split(' ');
  return isAlive(Number(pid)) && beginningOf(pid) === began.join(' ');
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM'; // it runs, but belongs to another user
  }
}

/** Empty where the system does not report it, and for a zombie process. */
function beginningOf(pid) {
  try {
    if (process.platform !== 'linux')
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    const [state, ...fields] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' '); // proc(5)
    return state === 'Z' ? '' : (fields[18] ?? '');
  } catch {
    return '';
  }
}
