// One preparation (install, generate, build) at a time in this folder: two starts at once would build over each other.
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { inRoot } from './root.mjs';

const file = inRoot('build/.lock');

/** Runs `work` while holding the lock. A lock whose holder is gone (killed, power loss) is taken over. */
export async function withLock(work) {
  mkdirSync(inRoot('build'), { recursive: true });
  for (let told = false; !acquire(); told = true) {
    if (!told) console.error('Another Signet command is preparing this folder; waiting for it …');
    await pause(250);
  }
  const release = () => rmSync(file, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

function acquire() {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    removeIfAbandoned();
    return false;
  }
}

function removeIfAbandoned() {
  const holder = read(file);
  const age = Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  // Our own number is a leftover too: in a container a restart gets the same one. So is an hour: another program has it now.
  if (!holder || (isAlive(Number(holder)) && Number(holder) !== process.pid && age < 3_600_000)) return;
  // Renaming is atomic, so one waiter wins. If the lock changed hands since it was read, it is put back.
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    if (read(aside) !== holder) linkSync(aside, file);
  } catch {
    // Another waiter was faster.
  }
  rmSync(aside, { force: true });
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM'; // it runs, but belongs to someone else
  }
}
