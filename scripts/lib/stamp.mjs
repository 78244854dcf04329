// A stamp records the inputs of a result, so that it is rebuilt only when they change.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './root.mjs';

/**
 * One hash over files, over all files in folders, and over any extra words (versions, modes). Missing paths count as
 * absent.
 */
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

/** Call last, after the result is complete. */
export function writeStamp(stampFile, hash) {
  mkdirSync(path.dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, `${hash}\n`);
}

/** Call before the result is touched: an interrupted run leaves no stamp. */
export const removeStamp = (stampFile) => rmSync(stampFile, { force: true });

function filesIn(at) {
  const found = statSync(at, { throwIfNoEntry: false });
  if (!found || /\.test\.tsx?$/.test(at)) return []; // tests are not inputs
  if (!found.isDirectory()) return [at];
  return readdirSync(at)
    .sort()
    .flatMap((name) => filesIn(path.join(at, name)));
}
