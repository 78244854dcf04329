import { lstatSync, readdirSync } from 'node:fs';
import path from 'node:path';

/**
 * Bytes of a file, or of all files in a folder.
 * @param {string} at
 * @returns {number}
 */
export function sizeOf(at) {
  const found = lstatSync(at);
  if (!found.isDirectory()) return found.size;
  return readdirSync(at).reduce((sum, name) => sum + sizeOf(path.join(at, name)), 0);
}
