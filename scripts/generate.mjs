// Generates the two Prisma clients (generated/sqlite, generated/postgresql) from the one schema, when it changed.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { generateClient } from './lib/prisma.mjs';
import { inRoot } from './lib/root.mjs';
import { hashOf, isFresh, removeStamp, writeStamp } from './lib/stamp.mjs';

const stamp = inRoot('generated/.stamp');

/** Whether the clients match the present schema. */
export const isGenerated = () => isFresh(stamp, currentHash());

export async function generate() {
  const hash = currentHash();
  if (isFresh(stamp, hash)) return;
  removeStamp(stamp);
  await Promise.all(['sqlite', 'postgresql'].map((kind) => generateClient({ DB_KIND: kind })));
  writeStamp(stamp, hash);
}

function currentHash() {
  const { devDependencies } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  return hashOf([inRoot('prisma/schema.prisma'), inRoot('prisma.config.ts')], devDependencies.prisma);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await generate();
