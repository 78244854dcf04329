// npm run bench -- lists [--n 1000000]: the time of each kind of list in a small and in a large database, and how long
// each blocks the event loop.
import { spawnSync } from 'node:child_process';
import { bundle } from '../scripts/build.mjs';
import { inRoot } from '../scripts/lib/root.mjs';
import { SECRET } from './databases/fixture.mjs';
import { seededFile } from './databases/sqlite.mjs';

const SMALL = 10_000;

export async function compareLists({ identities }) {
  const outfile = inRoot('build/bench-lists.mjs');
  await bundle(inRoot('bench/lists.ts'), outfile);
  const files = [await seededFile(SMALL), await seededFile(identities)];
  const [few, many] = files.map((file) => measure(outfile, `file:${file}`));
  console.log(`| CPU ms | ${SMALL} | ${identities} | ratio | longest block, ms |\n|---|--:|--:|--:|--:|`);
  for (const [name, [time]] of Object.entries(few)) {
    const [longer, block] = many[name];
    console.log(
      `| ${[name, time.toFixed(1), longer.toFixed(1), (longer / time).toFixed(1), block.toFixed(1)].join(' | ')} |`,
    );
  }
}

function measure(outfile, url) {
  const settings = { DATABASE_URL: url, SIGNET_SECRET: SECRET, LOG_LEVEL: 'error' };
  const { stdout, status } = spawnSync(process.execPath, [outfile], {
    env: { ...process.env, ...settings },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error('the measurement failed');
  return JSON.parse(stdout);
}
