// node bench/run.mjs seed <url> [identities] [passkeys]: fills a new database, by default with a million and a hundred thousand.
// node bench/run.mjs lists <url of a small one> <url of a large one>: how much longer each kind of list takes in the large one, and
// for how long nothing else gets its turn meanwhile. Figures are of this machine: compare ratios.
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { bundle } from '../scripts/build.mjs';
import { inRoot } from '../scripts/parts/root.mjs';

const [name, ...args] = process.argv.slice(2);
const COMMANDS = { seed: seedOne, lists: compareLists };
const command = COMMANDS[name];
if (!command || !args[0])
  throw new Error('usage: node bench/run.mjs seed <url> [identities] [passkeys] | lists <small> <large>');
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
  const settings = { DATABASE_URL: url, SIGNET_SECRET: 'only-for-measuring-0123456789abcdef', LOG_LEVEL: 'error' };
  const env = { ...process.env, ...settings };
  const { stdout, status } = spawnSync(process.execPath, [outfile], {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error('the measurement failed');
  return JSON.parse(stdout);
}
