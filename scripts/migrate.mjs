// Brings a database to the present schema: applies prisma/migrations/<kind>/*/migration.sql in order, each once.
// Keeps the same table as `prisma migrate deploy` (_prisma_migrations, SHA-256 of the file), so both agree, but needs neither
// Prisma's CLI nor its engine. Several starts at once: one applies, the others wait for it.
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Applies what is missing in the database at `url` (`file:…` or `postgresql://…`); a missing SQLite file is created.
 * Tells `log` the name of each migration and resolves to how many there were. Throws when a migration was changed after it
 * was applied, failed earlier, or is unknown to this version (the database is newer than the program).
 * @param {string} url
 * @param {(name: string) => void} [log]
 */
export async function migrate(url, log = () => {}) {
  const kind = /^postgres(ql)?:/.test(url) ? 'postgresql' : 'sqlite';
  const steps = readMigrations(kind);
  return kind === 'sqlite' ? migrateSqlite(url, steps, log) : migratePostgres(url, steps, log);
}

/**
 * The names of what `migrate` would apply, without applying it; null where there is no database of Signet yet.
 * Throws as `migrate` does.
 * @param {string} url
 * @returns {Promise<string[] | null>}
 */
export async function pendingMigrations(url) {
  const kind = /^postgres(ql)?:/.test(url) ? 'postgresql' : 'sqlite';
  const rows = await (kind === 'sqlite' ? appliedInSqlite(url) : appliedInPostgres(url));
  return rows && missing(readMigrations(kind), rows).map(({ name }) => name);
}

async function appliedInSqlite(url) {
  const file = fileOf(url);
  if (!existsSync(file)) return null;
  const { default: Database } = await import('better-sqlite3');
  const db = new Database(file, { readonly: true, timeout: 5000 });
  try {
    const isThere = db.prepare("SELECT 1 FROM sqlite_master WHERE name = '_prisma_migrations'").get();
    return isThere ? db.prepare('SELECT * FROM "_prisma_migrations"').all() : null;
  } finally {
    db.close();
  }
}

async function appliedInPostgres(connectionString) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5000 });
  await client.connect();
  try {
    const { rows } = await client.query("SELECT to_regclass('_prisma_migrations') AS name");
    return rows[0].name ? (await client.query('SELECT * FROM _prisma_migrations')).rows : null;
  } finally {
    await client.end();
  }
}

function fileOf(url) {
  return path.resolve(url.replace(/^file:/, '').split('?')[0]);
}

function readMigrations(kind) {
  const dir = path.join(findRoot(), 'prisma/migrations', kind);
  const names = readdirSync(dir).filter((name) => /^\d{14}_/.test(name));
  return names.sort().map((name) => {
    const sql = readFileSync(path.join(dir, name, 'migration.sql'), 'utf8');
    return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
  });
}

/** This file also runs bundled into build/server.mjs: the repository is the first folder upwards that has the migrations. */
function findRoot() {
  for (let dir = import.meta.dirname; ; dir = path.dirname(dir)) {
    if (existsSync(path.join(dir, 'prisma/migrations'))) return dir;
    if (dir === path.dirname(dir)) throw new Error('prisma/migrations was not found beside the program');
  }
}

/** The steps still to do, given the rows of _prisma_migrations. */
function missing(steps, rows) {
  const applied = new Map(rows.filter((row) => !row.rolled_back_at).map((row) => [row.migration_name, row]));
  for (const [name, row] of applied) {
    const step = steps.find((candidate) => candidate.name === name);
    if (!step) throw new Error(`the database is newer than this version of Signet: it holds migration ${name}`);
    if (!row.finished_at) throw new Error(`migration ${name} failed earlier; restore a backup or repair it by hand`);
    if (row.checksum !== step.checksum) throw new Error(`migration ${name} was changed after it had been applied`);
  }
  return steps.filter((step) => !applied.has(step.name));
}

async function migrateSqlite(url, steps, log) {
  const { default: Database } = await import('better-sqlite3');
  const file = fileOf(url);
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const db = new Database(file, { timeout: 30_000 });
  try {
    db.pragma('journal_mode = WAL');
    db.pragma('foreign_keys = OFF'); // tables are rebuilt under each other; inside a transaction this pragma does nothing
    db.exec('BEGIN IMMEDIATE'); // one process at a time, all or nothing
    db.exec(`CREATE TABLE IF NOT EXISTS "_prisma_migrations" ("id" TEXT PRIMARY KEY NOT NULL, "checksum" TEXT NOT NULL,
      "finished_at" DATETIME, "migration_name" TEXT NOT NULL, "logs" TEXT, "rolled_back_at" DATETIME,
      "started_at" DATETIME NOT NULL DEFAULT current_timestamp, "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0)`);
    const todo = missing(steps, db.prepare('SELECT * FROM "_prisma_migrations"').all());
    const record = db.prepare(`INSERT INTO "_prisma_migrations"
      (id, checksum, migration_name, started_at, finished_at, applied_steps_count) VALUES (?, ?, ?, ?, ?, 1)`);
    for (const { name, sql, checksum } of todo) {
      db.exec(sql);
      record.run(randomUUID(), checksum, name, Date.now(), Date.now());
      log(name);
    }
    const broken = todo.length ? db.pragma('foreign_key_check') : [];
    if (broken.length) throw new Error(`rows without their parent: ${JSON.stringify(broken.slice(0, 5))}`);
    db.exec('COMMIT');
    return todo.length;
  } finally {
    db.close(); // rolls back what was not committed
  }
}

async function migratePostgres(connectionString, steps, log) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock(72707369)'); // the lock Prisma Migrate itself takes; closing frees it
    await client.query(`CREATE TABLE IF NOT EXISTS _prisma_migrations (id VARCHAR(36) PRIMARY KEY NOT NULL,
      checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ, migration_name VARCHAR(255) NOT NULL, logs TEXT,
      rolled_back_at TIMESTAMPTZ, started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`);
    const todo = missing(steps, (await client.query('SELECT * FROM _prisma_migrations')).rows);
    for (const { name, sql, checksum } of todo) {
      await client.query('BEGIN');
      try {
        await client.query(sql);
        await client.query(
          `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
           VALUES ($1, $2, $3, now(), now(), 1)`,
          [randomUUID(), checksum, name],
        );
        await client.query('COMMIT');
      } catch (error) {
        await client.query('ROLLBACK');
        throw error;
      }
      log(name);
    }
    return todo.length;
  } finally {
    await client.end();
  }
}

// By hand: node scripts/migrate.mjs <url>. The name is compared too, because bundled into another file this is not the program.
if (process.argv[1] === fileURLToPath(import.meta.url) && path.basename(process.argv[1]) === 'migrate.mjs') {
  console.log(
    `${await migrate(process.argv[2] ?? process.env.DATABASE_URL ?? 'file:./data/signet.db', console.log)} applied`,
  );
}
