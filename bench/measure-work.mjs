// npm run bench -- transfer|schema [--n 10000] [--database postgresql]: identities exported, imported and deleted per second;
// held against the draft of a schema, moved to it and moved back.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { bundle } from '../scripts/build.mjs';
import { inRoot } from '../scripts/lib/root.mjs';
import { measureIn } from './databases/fixture.mjs';
import { openPostgresql } from './databases/postgresql.mjs';
import { openSqlite } from './databases/sqlite.mjs';

export const measureTransfer = (options) => measureWork('transfer', options);
export const measureSchemaChange = (options) => measureWork('schema-change', options);

async function measureWork(name, { database, identities }) {
  const outfile = inRoot(`build/bench-${name}.mjs`);
  await bundle(inRoot(`bench/${name}.ts`), outfile);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'signet-bench-run-'));
  const databases = await (database === 'sqlite' ? openSqlite(identities, folder) : openPostgresql(identities));
  try {
    const measured = measureIn(databases.url, outfile);
    console.log('| work | per second of CPU | per second | longest block, ms |\n|---|--:|--:|--:|');
    for (const [name, [cpu, millis, block]] of Object.entries(measured)) {
      const perSecond = (spent) => Math.round((identities / spent) * 1000);
      console.log(`| ${[name, perSecond(cpu), perSecond(millis), block.toFixed(0)].join(' | ')} |`);
    }
  } finally {
    await databases.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
