// node bench/lists.mjs <url of a small database> <url of a large one>: how much longer each kind of list takes in the large one, and
// for how long nothing else gets its turn meanwhile. Seed both with bench/seed.mjs. Figures are of this machine: compare ratios.
import { spawnSync } from 'node:child_process';
import { bundle } from '../scripts/build.mjs';
import { inRoot } from '../scripts/parts/root.mjs';

const [small, large] = process.argv.slice(2);
if (!small || !large) throw new Error('usage: node bench/lists.mjs <small url> <large url>');
const outfile = inRoot('build/bench-lists.mjs');
await bundle(inRoot('bench/lists.ts'), outfile);
const [few, many] = [small, large].map(measure);
console.log(
  `${'milliseconds of CPU'.padEnd(28)}${'small'.padStart(9)}${'large'.padStart(9)}${'ratio'.padStart(9)}${'longest wait'.padStart(14)}`,
);
for (const [name, [time]] of Object.entries(few)) {
  const [longer, wait] = many[name];
  const cells = [time.toFixed(1), longer.toFixed(1), (longer / time).toFixed(1)].map((cell) => cell.padStart(9));
  console.log(`${name.padEnd(28)}${cells.join('')}${wait.toFixed(1).padStart(14)}`);
}

function measure(url) {
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
