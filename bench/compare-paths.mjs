// Signet and the references side by side: a table of what each hot path costs.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freePort } from '../scripts/lib/free-port.mjs';
import { prepareDatabase } from './databases/fixture.mjs';
import { openPostgresql } from './databases/postgresql.mjs';
import { openSqlite } from './databases/sqlite.mjs';
import { startPeers } from './peers.mjs';
import { printPath, printTable, toReport } from './report.mjs';
import { measurePath, startClient } from './rounds.mjs';
import { headersOf, knownToReferences, startReference, startSignet } from './servers.mjs';

export function comparePaths(options) {
  return withServers(options, async (client, targets) => {
    const results = [];
    for (const name of options.paths) {
      const result = { path: name, servers: await measurePath(client, targets, name, options) };
      results.push(result);
      printPath(result);
    }
    printTable(results, options);
    if (options.reportFile)
      writeFileSync(options.reportFile, `${JSON.stringify(toReport(results, options), null, 2)}\n`);
  });
}

/** Starts a client, Signet and the references, and stops whatever runs at the end. */
export async function withServers(options, work) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'signet-bench-run-'));
  const started = [];
  const client = startClient();
  try {
    await work(client, await startAll(started, folder, options));
  } finally {
    client.stop();
    for (const { stop } of started.toReversed()) await stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Pushes whatever has to be stopped as soon as it runs. */
async function startAll(started, folder, { database, identities, processes, hasFull, hasPeers, profileFolder }) {
  const databases = await (database === 'sqlite' ? openSqlite(identities, folder) : openPostgresql(identities));
  started.push(databases);
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const prepared = await prepareDatabase(databases.url, identities, origin);
  const copies = {};
  for (const name of hasFull ? ['bare', 'full'] : ['bare'])
    copies[name] = await databases.copyFor(name, knownToReferences(prepared));
  const signet = await startSignet({ databases, prepared, port, origin, folder, processes, profileFolder });
  started.push(signet);
  const headers = await headersOf(signet);
  const targets = [signet];
  for (const [name, copy] of Object.entries(copies)) {
    const reference = await startReference({ name, copy, databases, signet, folder, headers });
    started.push(reference);
    targets.push(reference);
  }
  if (!hasPeers) return targets;
  const peers = await startPeers({ signet, identities, folder });
  started.push(...peers);
  return [...targets, ...peers];
}
