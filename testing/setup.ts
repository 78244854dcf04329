import { afterAll, inject } from 'vitest';
import { closeDb } from '../lib/platform/db/client';
import { resetEnv } from '../lib/platform/env';
import { copyDatabase, temporaryFolder } from './database';

// Setup of every integration test file: its own database and data folder, removed when the file is done.
const folder = temporaryFolder();
const database = await copyDatabase(inject('databaseTemplate'), folder.dir);
process.env.DATABASE_URL = database.url;
process.env.SIGNET_DATA_DIR = folder.dir;
resetEnv();

afterAll(async () => {
  await closeDb();
  await database.drop();
  folder.remove();
});
