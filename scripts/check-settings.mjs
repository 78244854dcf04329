// .env.example explains exactly the settings that lib/platform/env.ts reads.
import { mkdirSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { bundleOptions } from './build.mjs';
import { inRoot } from './lib/root.mjs';

const outfile = inRoot('build/env.mjs');
mkdirSync(inRoot('build'), { recursive: true });
await build(bundleOptions(inRoot('lib/platform/env.ts'), outfile));
const { SETTING_NAMES } = await import(pathToFileURL(outfile).href);

const known = SETTING_NAMES.filter((name) => name !== 'NODE_ENV'); // set by the commands, not by people
const explained = [...readFileSync(inRoot('.env.example'), 'utf8').matchAll(/^#? ?([A-Z][A-Z0-9_]+)=/gm)].map(
  ([, name]) => name,
);
const faults = [
  ...known.filter((name) => !explained.includes(name)).map((name) => `${name} is read but not in .env.example`),
  ...explained.filter((name) => !known.includes(name)).map((name) => `${name} is in .env.example but never read`),
];
for (const fault of faults) console.log(fault);
console.log(`${known.length} settings, ${faults.length} faults`);
process.exit(faults.length ? 1 : 0);
