import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { temporaryFolder } from '@/testing/database';

const LOCK = path.resolve('scripts/lib/lock.mjs');
let folder: ReturnType<typeof temporaryFolder>;
let file: string;
const running: ChildProcess[] = [];

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  folder = temporaryFolder();
  file = path.join(folder.dir, '.lock');
});
afterEach(async () => {
  for (const child of running.splice(0)) {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
  folder.remove();
});

/** Another command that holds the lock, with a child process; resolves when both run. */
async function holder(): Promise<{ command: ChildProcess; program: number }> {
  const script = `
    import { spawn } from 'node:child_process';
    const { withLock, shareLock } = await import(${JSON.stringify(LOCK)});
    await withLock(() => new Promise(() => {
      const program = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
      shareLock(program.pid);
      console.log(program.pid);
      setInterval(() => {}, 1000);
    }), ${JSON.stringify(file)});`;
  const command = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.push(command);
  const [chunk] = await once(command.stdout, 'data');
  return { command, program: Number(String(chunk)) };
}

test('takes over a lock once its holder and all of its child processes were killed, and not before', async () => {
  const { withLock } = await import('./lock.mjs');
  const { command, program } = await holder();
  expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(2);
  let isTaken = false;
  const taking = withLock(async () => {
    isTaken = true;
  }, file);
  command.kill('SIGKILL');
  await once(command, 'exit');
  expect(isTaken).toBe(false);
  process.kill(program, 'SIGKILL');
  await taking;
  expect(isTaken).toBe(true);
  expect(existsSync(file)).toBe(false);
});

test.each([
  ['a PID without a process', '999999999 1'],
  ['a PID that another process has by now', `${process.ppid} 1`],
  ['our own PID, from before a restart', `${process.pid} 1`],
  ['the format of version 0.1.0', '999999999'],
])('takes over a lock left behind with %s', async (_, content) => {
  const { withLock } = await import('./lock.mjs');
  writeFileSync(file, content);
  expect(await withLock(async () => 'done', file)).toBe('done');
  expect(existsSync(file)).toBe(false);
});

test('names the folder and the remedy where it cannot write', async () => {
  const { withLock } = await import('./lock.mjs');
  writeFileSync(file, '');
  await expect(withLock(async () => {}, path.join(file, '.lock'))).rejects.toThrow(/npm run build/);
});
