import { spawn } from 'node:child_process';
import { shareLock, unshareLock } from './lock.mjs';
import { root } from './root.mjs';

/** Keeps tools from sending telemetry or checking for updates; Signet reads none of these. */
export const quietEnv = { NEXT_TELEMETRY_DISABLED: '1', CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' };

/**
 * Runs a program to its end, in the repository's root. With `capture` its output is kept, else it goes to stderr, so
 * that stdout stays free for the caller's own output. Resolves to { code, output }; a signal counts as failure. A
 * signal to us ends the program first, then us.
 */
export function run(command, args, { env = {}, capture = false, shell = false } = {}) {
  return new Promise((resolve, reject) => {
    const stdio = capture ? ['ignore', 'pipe', 'pipe'] : ['ignore', 2, 2];
    const child = spawn(command, args, { cwd: root, stdio, shell, env: { ...process.env, ...quietEnv, ...env } });
    if (child.pid) shareLock(child.pid);
    let output = '';
    let stoppedBy = 0;
    const keep = (chunk) => {
      output += chunk;
    };
    child.stdout?.setEncoding('utf8').on('data', keep);
    child.stderr?.setEncoding('utf8').on('data', keep);
    const stop = (signal, number) => {
      stoppedBy = number;
      child.kill(signal);
    };
    process.on('SIGINT', stop).on('SIGTERM', stop);
    child.on('error', reject);
    child.on('close', (code) => {
      process.off('SIGINT', stop).off('SIGTERM', stop);
      unshareLock(child.pid);
      if (stoppedBy) process.exit(128 + stoppedBy);
      resolve({ code: code ?? 1, output });
    });
  });
}

/** Like `run`, but a failure throws with all of the program's output. */
export async function runOrThrow(command, args, options) {
  const { code, output } = await run(command, args, options);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} failed (exit code ${code})\n${output}`);
  return output;
}
