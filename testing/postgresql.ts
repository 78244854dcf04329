import type { TestProject } from 'vitest/node';
import { startPostgres } from '@/scripts/lib/postgres.mjs';
import { migrate } from '../lib/platform/db/migrate';
import { prepareSearch } from '../lib/platform/db/search-index';
import { runOnServer } from './database';

/** Once per run: a real PostgreSQL with one migrated database, which every test file copies. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const name = 'signet_template';
  // Each test file copies a database of 700 files and drops it. ext4 tries every recently deleted inode for each new
  // file, so that copies on disk take longer and longer.
  const postgres = await startPostgres({ isInMemory: true });
  await runOnServer(postgres.url(), `CREATE DATABASE ${name}`);
  await migrate(postgres.url(name));
  const reason = await prepareSearch(postgres.url(name));
  if (reason) throw new Error(reason);
  project.provide('databaseTemplate', { kind: 'postgresql', serverUrl: postgres.url(), name });
  return async () => {
    await postgres.stop();
  };
}
