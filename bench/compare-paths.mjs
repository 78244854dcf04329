// Signet and the references side by side: a table of what each hot path costs.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { backup, copyOf, seededFile } from './databases.mjs';
import { copyToReference } from './reference/sqlite.mjs';
import { prepareCopy } from './reference/sqlite-full.mjs';
import { printPath, printTable, toReport } from './report.mjs';
import { measurePath, startClient } from './rounds.mjs';
import { headersOf, REFERENCE, sessionsOf, startReference, startSignet } from './servers.mjs';

export async function comparePaths(options) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'signet-bench-run-'));
  const targets = [];
  const client = startClient();
  try {
    await startAll(targets, folder, options);
    const results = [];
    for (const name of options.paths) {
      const result = { path: name, servers: await measurePath(client, targets, name, options) };
      results.push(result);
      printPath(result);
    }
    printTable(results, options);
    if (options.reportFile)
      writeFileSync(options.reportFile, `${JSON.stringify(toReport(results, options), null, 2)}\n`);
  } finally {
    client.stop();
    for (const { stop } of targets) await stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Pushes each target as soon as it runs, so that it is stopped whatever fails next. */
async function startAll(targets, folder, { identities, hasFull, profileFolder }) {
  const seeded = await seededFile(identities);
  const file = copyOf(seeded, folder, 'signet.db');
  const signet = await startSignet({ file, folder, identities, profileFolder });
  targets.push(signet);
  const known = { credential: REFERENCE, sessions: sessionsOf(signet), passkeys: signet.passkeys };
  const bare = path.join(folder, 'bare.db');
  copyToReference(bare, { from: seeded, ...known });
  targets.push(await startReference({ file: bare, folder, signet, isFull: false }));
  if (!hasFull) return;
  const full = path.join(folder, 'full.db');
  await backup(file, full);
  prepareCopy(full, known);
  targets.push(await startReference({ file: full, folder, signet, isFull: true, headers: await headersOf(signet) }));
}
