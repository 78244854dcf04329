// `npm ci` insists that the lock names every optional dependency, also those of other platforms, and a registry that does
// not carry them (a partial mirror) leaves them out when the lock is written. Says which are missing and fails if any is;
// with --write adds them: name, exact version, optional, os and cpu from the name.
import { readFileSync, writeFileSync } from 'node:fs';
import { inRoot } from './lib/root.mjs';

const file = inRoot('package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8'));
const isWriting = process.argv.includes('--write');
const OS = { windows: 'win32' };
for (const name of 'darwin linux win32 android freebsd openbsd netbsd sunos aix openharmony'.split(' '))
  OS[name] = name;
const CPU = /^(x64|arm64|arm|ia32|ppc64|s390x|riscv64|loong64|mips64el|wasm32)$/;

const missing = Object.entries(lock.packages).flatMap(([place, entry]) =>
  Object.entries(entry.optionalDependencies ?? {})
    .filter(([name]) => !isResolvedFrom(place, name))
    .map(([name, range]) => ({ name, version: range.replace(/^[\^~]/, ''), isDev: entry.dev })),
);
for (const { name, version } of missing) console.log(`${isWriting ? 'added' : 'missing'} ${name} ${version}`);
console.log(`${missing.length} to add`);

if (isWriting) write();
else process.exit(missing.length ? 1 : 0);

/** Node's look-up: node_modules beside the package, then in every folder above it. */
function isResolvedFrom(place, name) {
  for (let dir = place; ; dir = dir.slice(0, Math.max(dir.lastIndexOf('node_modules/') - 1, 0))) {
    if (lock.packages[`${dir ? `${dir}/` : ''}node_modules/${name}`]) return true;
    if (dir === '') return false;
  }
}

function write() {
  for (const { name, version, isDev } of missing) {
    const words = name.split(/[-/]/);
    const os = words.map((word) => OS[word]).find(Boolean);
    const cpu = words.find((word) => CPU.test(word));
    const entry = {
      version,
      ...(isDev && { dev: true }),
      optional: true,
      ...(cpu && { cpu: [cpu] }),
      ...(os && { os: [os] }),
    };
    lock.packages[`node_modules/${name}`] = entry;
  }
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
}
