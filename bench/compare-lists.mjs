// npm run bench -- lists [--n 1000000]: the time of each kind of list in a small and in a large database, and how long
// each blocks the event loop.
import { bundle } from '../scripts/build.mjs';
import { inRoot } from '../scripts/lib/root.mjs';
import { measureIn } from './databases/fixture.mjs';
import { seededFile } from './databases/sqlite.mjs';

const SMALL = 10_000;

export async function compareLists({ identities }) {
  const outfile = inRoot('build/bench-lists.mjs');
  await bundle(inRoot('bench/lists.ts'), outfile);
  const files = [await seededFile(SMALL), await seededFile(identities)];
  const [few, many] = files.map((file) => measureIn(`file:${file}`, outfile));
  console.log(`| CPU ms | ${SMALL} | ${identities} | ratio | longest block, ms |\n|---|--:|--:|--:|--:|`);
  for (const [name, [time]] of Object.entries(few)) {
    const [longer, block] = many[name];
    console.log(
      `| ${[name, time.toFixed(1), longer.toFixed(1), (longer / time).toFixed(1), block.toFixed(1)].join(' | ')} |`,
    );
  }
}
