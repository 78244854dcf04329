import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { Database } from 'better-sqlite3';
import { env } from '../env';
import { databaseKind } from './client';
import { sqliteFile } from './sqlite-file.mjs';

/** Rows per index that ANALYZE samples on SQLite; by default it reads all of them. */
const ANALYSIS_LIMIT = 400;
/** Examine every table, not only those that this connection has queried. */
const OPTIMIZE_ALL = 0x10002;
/**
 * What a plain ANALYZE also leaves: values from indexes. Because of them SQLite would plan a prepared statement again
 * for each value that it receives, which costs more than to run it.
 */
const VALUE_SAMPLES = 'sqlite_stat4';

/** Samples the tables that have changed much. Connections opened later plan by it. */
export function sampleTables(database: Database): void {
  database.pragma(`analysis_limit = ${ANALYSIS_LIMIT}`);
  database.pragma(`optimize = ${OPTIMIZE_ALL}`);
  dropValueSamples(database);
}

function dropValueSamples(database: Database): void {
  const hasSamples = database.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(VALUE_SAMPLES);
  if (hasSamples) database.exec(`DELETE FROM ${VALUE_SAMPLES}`);
}

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
