// A stamp says what a result was made from, so that it is made again only when that changed.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './root.mjs';

/** One hash over files, over all files in folders, and over any extra words (versions, modes). Missing paths count as absent. */
export function hashOf(paths, ...words) {
  const hash = createHash('sha256').update(JSON.stringify(words));
  for (const file of paths.flatMap(filesIn)) {
    hash.update(`\0${path.relative(root, file)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

export function isFresh(stampFile, hash) {
  try {
    return readFileSync(stampFile, 'utf8').trim() === hash;
  } catch {
    return false;
  }
}

/** To be called last, after the result is complete. */
export function writeStamp(stampFile, hash) {
  mkdirSync(path.dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, `${hash}\n`);
}

/** To be called before the result is touched: a run cut short leaves no stamp. */
export const removeStamp = (stampFile) => rmSync(stampFile, { force: true });

function filesIn(at) {
  const found = statSync(at, { throwIfNoEntry: false });
  if (!found || /\.test\.tsx?$/.test(at)) return []; // nothing is made from tests
  if (!found.isDirectory()) return [at];
  return readdirSync(at)
    .sort()
    .flatMap((name) => filesIn(path.join(at, name)));
}
