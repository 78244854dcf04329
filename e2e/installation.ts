import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { test as base } from './fixtures';

export type Installation = {
  port: number;
  origin: string;
  /** Its data folder, which contains mail/. */
  dir: string;
  /** Starts the server on the same data, on SQLite by default; resolves to its output. */
  start: (databaseUrl?: string, settings?: Record<string, string>, args?: string[]) => Promise<string>;
  /** Asks it to stop; resolves to its exit code, or to the signal that killed it. */
  stop: () => Promise<number | NodeJS.Signals | null>;
  /** Its process ID. */
  pid: () => number;
  /** Its output so far. */
  printed: () => string;
  /** The command line, on this server's data; resolves to its output. */
  signet: (...args: string[]) => Promise<string>;
};

const run = promisify(execFile);

/** A separate server without an operator. */
export const test = base.extend<{ installation: Installation }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from this pattern
  installation: async ({}, use, testInfo) => {
    const dir = await mkdtemp(path.join(os.tmpdir(), 'signet-installation-'));
    const port = await freePort();
    const origin = `http://localhost:${port}`;
    const env: NodeJS.ProcessEnv = {
      ...process.env,
      NODE_ENV: 'production',
      SIGNET_DIST_DIR: '.next-test',
      PORT: String(port),
      SIGNET_ORIGIN: origin,
      SIGNET_DATA_DIR: dir,
      DATABASE_URL: `file:${path.join(dir, 'signet.db')}`,
    };
    let server: ChildProcess | undefined;
    let printed = '';
    const start = (databaseUrl = env.DATABASE_URL, settings: Record<string, string> = {}, args: string[] = []) =>
      new Promise<string>((resolve, reject) => {
        Object.assign(env, settings, { DATABASE_URL: databaseUrl });
        printed = '';
        const started = spawn(process.execPath, ['build/server-test.mjs', ...args], {
          env,
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        server = started;
        started.once('close', () => reject(new Error(`The server ended: ${printed}`)));
        const print = (chunk: unknown) => {
          printed += chunk;
          if (/^ {2}Mail {2}/m.test(printed)) resolve(printed); // the last line of the start
        };
        started.stdout.on('data', print);
        started.stderr.on('data', print);
      });
    const stop = async () => {
      if (!server) return null;
      const { exitCode, signalCode } = server;
      if (exitCode !== null || signalCode !== null) return exitCode ?? signalCode;
      const ended = new Promise<number | NodeJS.Signals | null>((resolve) =>
        server?.once('exit', (code, signal) => resolve(code ?? signal)),
      );
      server.kill('SIGTERM');
      return ended;
    };
    const signet = async (...args: string[]) =>
      (await run(process.execPath, ['build/cli.mjs', ...args], { env })).stdout;
    await use({ port, origin, dir, start, stop, pid: () => server?.pid ?? 0, printed: () => printed, signet });
    await stop();
    if (testInfo.status !== testInfo.expectedStatus) await writeFile(testInfo.outputPath('server.log'), printed);
    await rm(dir, { recursive: true, force: true });
  },
});

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
