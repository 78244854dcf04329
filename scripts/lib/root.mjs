import path from 'node:path';

/** The repository's folder, regardless of the working directory. */
export const root = path.resolve(import.meta.dirname, '../..');
export const inRoot = (...parts) => path.join(root, ...parts);
