// npm run bench -- newcomers [--connections 64]: how long a new connection waits while others write continuously,
// with and without the front server's turns.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { bundle } from '../scripts/build.mjs';
import { inRoot } from '../scripts/lib/root.mjs';
import { SECRET } from './databases/fixture.mjs';
import { measureNewcomers } from './newcomers-client.mjs';

export async function compareNewcomers({ connections }) {
  const outfile = inRoot('build/bench-newcomers.mjs');
  await bundle(inRoot('bench/newcomers.ts'), outfile);
  const load = { writers: connections, seconds: 15 };
  const without = await withServer([outfile, '--without-turns'], (port) => measureNewcomers(port, load));
  const taking = await withServer([outfile], (port) => measureNewcomers(port, load));
  console.log(`| ${connections} busy writers | no turns | turns | ratio |\n|---|--:|--:|--:|`);
  const rows = [
    ['a newcomer waits, ms', ({ waits }) => waits[Math.floor(waits.length / 2)]],
    ['at most, ms', ({ waits }) => waits.at(-1)],
    ['requests a second', ({ perSecond }) => perSecond],
  ];
  for (const [label, read] of rows) {
    const [before, after] = [read(without), read(taking)];
    console.log(`| ${label} | ${before.toFixed(0)} | ${after.toFixed(0)} | ${(after / before).toFixed(2)} |`);
  }
}

/** A server on its own empty database; its first line of output is its port. */
async function withServer(args, use) {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'signet-bench-'));
  const settings = { SIGNET_SECRET: SECRET, SIGNET_DATA_DIR: dir, DATABASE_URL: '', LOG_LEVEL: 'error' };
  const env = { ...process.env, ...settings };
  const server = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [port] = await once(server.stdout, 'data');
    return await use(Number(port));
  } finally {
    server.kill();
    await once(server, 'exit');
    rmSync(dir, { recursive: true, force: true });
  }
}
