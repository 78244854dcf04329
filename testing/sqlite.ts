import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { migrate } from '../lib/platform/db/migrate';
import { temporaryFolder } from './database';

/** Once per run: one migrated SQLite file, which every test file copies. */
export default async function setup(project: TestProject): Promise<() => void> {
  const folder = temporaryFolder();
  const file = path.join(folder.dir, 'template.db');
  await migrate(`file:${file}`);
  project.provide('databaseTemplate', { kind: 'sqlite', file });
  return folder.remove;
}
