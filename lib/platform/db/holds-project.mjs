// JavaScript, because scripts/lib/settings.mjs needs it before anything is bundled.
import { existsSync } from 'node:fs';
import { sqliteFile } from './sqlite-file.mjs';

/**
 * Whether the database at `url` (`file:…` or `postgresql://…`) belongs to an installation: it has a project. Changes
 * nothing. Throws when the database exists but cannot be read.
 * @param {string} url
 * @returns {Promise<boolean>}
 */
export async function holdsProject(url) {
  return url.startsWith('file:') ? sqliteHoldsProject(sqliteFile(url)) : postgresqlHoldsProject(url);
}

/** @param {string} file */
async function sqliteHoldsProject(file) {
  if (!existsSync(file)) return false;
  const { default: Database } = await import('better-sqlite3');
  const database = new Database(file, { fileMustExist: true, timeout: 5000 });
  try {
    const isMigrated = database.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'Project'").get();
    return isMigrated !== undefined && database.prepare('SELECT 1 FROM "Project" LIMIT 1').get() !== undefined;
  } finally {
    database.close();
  }
}

/** @param {string} url */
async function postgresqlHoldsProject(url) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 8000, query_timeout: 13_000 });
  await client.connect();
  try {
    const named = new URLSearchParams(url.split('?')[1]).get('schema');
    const schema = named ?? (await client.query('SELECT current_schema() AS name')).rows[0].name;
    const table = `${client.escapeIdentifier(schema ?? 'public')}."Project"`; // another program may have such a table further along the search path
    const { rows } = await client.query('SELECT to_regclass($1) IS NOT NULL AS "isMigrated"', [table]);
    if (!rows[0]?.isMigrated) return false;
    return (await client.query(`SELECT 1 FROM ${table} LIMIT 1`)).rows.length > 0;
  } finally {
    await client.end();
  }
}
