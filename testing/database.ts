import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';

/** The source of a suite's databases: a migrated SQLite file, or a migrated database of a PostgreSQL server. */
export type DatabaseTemplate =
  | { kind: 'sqlite'; file: string }
  | { kind: 'postgresql'; serverUrl: string; name: string };

declare module 'vitest' {
  interface ProvidedContext {
    databaseTemplate: DatabaseTemplate;
  }
}

/** A temporary folder and a function that removes it; it is also removed when the process exits. */
export function temporaryFolder(): { dir: string; remove: () => void } {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'signet-test-'));
  const remove = () => rmSync(dir, { recursive: true, force: true });
  process.once('exit', remove);
  return { dir, remove };
}

/** Copies the template. Call `drop` only after every connection of this process is closed. */
export async function copyDatabase(
  template: DatabaseTemplate,
  dataDir: string,
): Promise<{ url: string; drop: () => Promise<void> }> {
  if (template.kind === 'sqlite') {
    const file = path.join(dataDir, 'signet.db');
    copyFileSync(template.file, file);
    return { url: `file:${file}`, drop: async () => {} };
  }
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`;
  const url = new URL(template.serverUrl);
  url.pathname = `/${name}`;
  await runOnServer(template.serverUrl, `CREATE DATABASE ${name} TEMPLATE ${template.name}`);
  return { url: url.href, drop: () => runOnServer(template.serverUrl, `DROP DATABASE ${name} WITH (FORCE)`) };
}

export async function runOnServer(connectionString: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
