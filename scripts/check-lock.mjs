// `npm ci` requires the lock to name every optional dependency, also those of other platforms; a registry that lacks
// them (a partial mirror) omits them when the lock is written. Lists entries that are missing or lack the checksum npm
// verifies, and fails if there are any.
import { readFileSync } from 'node:fs';
import { inRoot } from './lib/root.mjs';

const lock = JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8'));

const faults = Object.entries(lock.packages).flatMap(([place, entry]) => [
  ...Object.entries(entry.optionalDependencies ?? {})
    .filter(([name]) => !isResolvedFrom(place, name))
    .map(([name, range]) => `missing ${name} ${range}`),
  ...(place !== '' && !entry.integrity ? [`${place} has no integrity`] : []),
]);
for (const fault of faults) console.log(fault);
console.log(`${faults.length} to add`);
process.exit(faults.length ? 1 : 0);

/** Node's resolution: node_modules beside the package, then in every parent folder. */
function isResolvedFrom(place, name) {
  for (let dir = place; ; dir = dir.slice(0, Math.max(dir.lastIndexOf('node_modules/') - 1, 0))) {
    if (lock.packages[`${dir ? `${dir}/` : ''}node_modules/${name}`]) return true;
    if (dir === '') return false;
  }
}
