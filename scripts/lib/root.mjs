import path from 'node:path';

/** The repository's folder, whatever folder a command was called from. */
export const root = path.resolve(import.meta.dirname, '../..');
export const inRoot = (...parts) => path.join(root, ...parts);
