import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { env } from '../env';
import { databaseKind } from './client';
import { sqliteFile } from './sqlite-file.mjs';

/** Rows per index that ANALYZE samples on SQLite; by default it reads all of them. */
export const ANALYSIS_LIMIT = 400;
/** Examine every table, not only those that this connection has queried. */
export const OPTIMIZE_ALL = 0x10002;

const IN_WORKER = `
  const { workerData } = require('node:worker_threads');
  const Database = require(workerData.driver);
  const database = new Database(workerData.file, { timeout: 10_000 });
  database.pragma('analysis_limit = ${ANALYSIS_LIMIT}');
  database.pragma('optimize = ${OPTIMIZE_ALL}');
  database.close();
`;

/**
 * Updates SQLite's statistics of tables that have changed much. Runs in a worker thread: a third of a second for a million
 * rows would block the process. PostgreSQL's autovacuum does this itself.
 */
export async function refreshStatistics(): Promise<void> {
  const { databaseUrl } = env();
  if (databaseKind(databaseUrl) === 'postgresql') return;
  const driver = createRequire(import.meta.url).resolve('better-sqlite3');
  const worker = new Worker(IN_WORKER, { eval: true, workerData: { driver, file: sqliteFile(databaseUrl) } });
  await new Promise<void>((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', () => resolve());
  });
}
