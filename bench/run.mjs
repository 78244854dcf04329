// node bench/run.mjs seed <url> [identities] [passkeys]: fills a new database, by default with 1,000,000 and 100,000.
// node bench/run.mjs lists <small url> <large url>: compares the time of each kind of list in both databases, and how
// long each blocks the event loop. Figures depend on the machine: compare ratios.
// node bench/run.mjs newcomers [writers]: how long a new connection waits while others (64 by default) write without a
// pause, with and without the front server's turns.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle } from '../scripts/build.mjs';
import { inRoot } from '../scripts/lib/root.mjs';
import { measureNewcomers } from './newcomers-client.mjs';

const SECRET = 'only-for-measuring-0123456789abcdef';
const [name, ...args] = process.argv.slice(2);
const COMMANDS = { seed: seedOne, lists: compareLists, newcomers: compareNewcomers };
const command = COMMANDS[name];
if (!command || (name !== 'newcomers' && !args[0]))
  throw new Error(
    'usage: node bench/run.mjs seed <url> [identities] [passkeys] | lists <small> <large> | newcomers [writers]',
  );
await command(...args);

async function seedOne(url, identities = '1000000', passkeys = '100000') {
  const outfile = inRoot('build/bench-seed.mjs');
  await bundle(inRoot('bench/seed.ts'), outfile);
  const { seed } = await import(pathToFileURL(outfile).href);
  const started = performance.now();
  await seed(url, Number(identities), Number(passkeys));
  console.log(
    `${identities} identities, ${passkeys} passkeys in ${Math.round((performance.now() - started) / 1000)} s`,
  );
}

async function compareLists(small, large) {
  const outfile = inRoot('build/bench-lists.mjs');
  await bundle(inRoot('bench/lists.ts'), outfile);
  const [few, many] = [small, large].map((url) => measure(outfile, url));
  console.log(
    `${'milliseconds of CPU'.padEnd(28)}${'small'.padStart(9)}${'large'.padStart(9)}${'ratio'.padStart(9)}${'longest wait'.padStart(14)}`,
  );
  for (const [name, [time]] of Object.entries(few)) {
    const [longer, wait] = many[name];
    const cells = [time.toFixed(1), longer.toFixed(1), (longer / time).toFixed(1)].map((cell) => cell.padStart(9));
    console.log(`${name.padEnd(28)}${cells.join('')}${wait.toFixed(1).padStart(14)}`);
  }
}

function measure(outfile, url) {
  const settings = { DATABASE_URL: url, SIGNET_SECRET: SECRET, LOG_LEVEL: 'error' };
  const env = { ...process.env, ...settings };
  const { stdout, status } = spawnSync(process.execPath, [outfile], {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error('the measurement failed');
  return JSON.parse(stdout);
}

async function compareNewcomers(writers = '64') {
  const outfile = inRoot('build/bench-newcomers.mjs');
  await bundle(inRoot('bench/newcomers.ts'), outfile);
  const load = { writers: Number(writers), seconds: 15 };
  const without = await withServer([outfile, '--without-turns'], (port) => measureNewcomers(port, load));
  const taking = await withServer([outfile], (port) => measureNewcomers(port, load));
  const columns = [
    ['a newcomer waits, ms', ({ waits }) => waits[Math.floor(waits.length / 2)]],
    ['at most', ({ waits }) => waits.at(-1)],
    ['requests a second', ({ perSecond }) => perSecond],
  ];
  const print = (label, cells) => console.log(label.padEnd(24) + cells.map((cell) => cell.padStart(12)).join(''));
  print('', ['no turns', 'turns', 'ratio']);
  for (const [label, read] of columns) {
    const [before, after] = [read(without), read(taking)];
    print(label, [before.toFixed(0), after.toFixed(0), (after / before).toFixed(2)]);
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
