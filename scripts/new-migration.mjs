// npm run migrate:new -- <name>: writes the next migration for both databases from the difference between the existing
// migrations and prisma/schema.prisma. Read the SQL before committing it; add data changes by hand.
// --step writes a migration even without a difference: for a step in TypeScript (lib/platform/db/steps.ts).
// --record writes only prisma/landed-migrations.sha256: after editing a new migration by hand.
// --check writes nothing; it fails on a difference, a change of a landed migration, or a migration that breaks the
// running version.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expandFaults } from './lib/migration-expand.mjs';
import { historyFaults, recordMigrations } from './lib/migration-history.mjs';
import { startPostgres } from './lib/postgres.mjs';
import { runSchemaEngine } from './lib/prisma.mjs';
import { inRoot } from './lib/root.mjs';

const name = process.argv[2];
const isCheck = name === '--check';
const hasStep = process.argv.includes('--step');
if (name === '--record') {
  recordMigrations();
  process.exit();
}
if (!isCheck && !/^[a-z][a-z0-9_]*$/.test(name ?? '')) {
  console.error(
    'usage: npm run migrate:new -- <name> [--step] | --record | --check   (lowercase letters, digits and _)',
  );
  process.exit(2);
}

if (isCheck) {
  for (const fault of [...historyFaults(), ...expandFaults()]) {
    console.log(`prisma/migrations: ${fault}`);
    process.exitCode = 1;
  }
}

// Prisma's engine requires a statement in each migration.
const STEP_ALONE = '-- No table changes: a step in TypeScript follows (lib/platform/db/steps.ts).\nSELECT 1;\n';
const folder = `${new Date().toISOString().replace(/\D/g, '').slice(0, 14)}_${name}`;
const scratch = mkdtempSync(path.join(os.tmpdir(), 'signet-migration-'));
// To compare, the existing migrations must be applied: SQLite in a file, PostgreSQL in a real server.
const postgres = await startPostgres();
try {
  const differences = [
    ['sqlite', await difference('sqlite', `file:${path.join(scratch, 'empty.db')}`)],
    ['postgresql', await difference('postgresql', postgres.url())],
  ];
  for (const [kind, sql] of differences) {
    if (/^\s*(-- This is an empty migration\.)?\s*$/.test(sql)) {
      if (hasStep) write(kind, STEP_ALONE);
      else console.log(`${kind}: nothing to change`);
    } else if (isCheck) {
      console.log(`${kind}: prisma/schema.prisma has no migration yet for\n${sql}`);
      process.exitCode = 1;
    } else {
      write(kind, sql);
    }
  }
  if (!isCheck) {
    recordMigrations();
    for (const fault of expandFaults()) console.log(`prisma/migrations: ${fault}`);
  }
} finally {
  await postgres.stop();
  rmSync(scratch, { recursive: true, force: true });
}

async function difference(kind, url) {
  const migrations = inRoot('prisma/migrations', kind);
  const from = existsSync(migrations) && readdirSync(migrations).some((entry) => /^\d/.test(entry));
  const output = path.join(scratch, `${kind}.sql`);
  const twin = 'node_modules/.cache/prisma-postgresql/schema.prisma'; // written by prisma.config.ts
  const args = [
    ...['migrate', 'diff', '--script', '--output', output],
    ...(from ? ['--from-migrations', migrations] : ['--from-empty']),
    ...['--to-schema', inRoot(kind === 'sqlite' ? 'prisma/schema.prisma' : twin)],
  ];
  const env = { DB_KIND: kind, DATABASE_URL: url };
  await runSchemaEngine(args, env);
  // "public" exists already, and creating it takes a right on the whole database that Signet does not need.
  return readFileSync(output, 'utf8').replace('-- CreateSchema\nCREATE SCHEMA IF NOT EXISTS "public";\n\n', '');
}

function write(kind, sql) {
  const dir = inRoot('prisma/migrations', kind);
  mkdirSync(path.join(dir, folder), { recursive: true });
  writeFileSync(path.join(dir, folder, 'migration.sql'), sql);
  writeFileSync(
    path.join(dir, 'migration_lock.toml'),
    `# Prisma refuses to mix databases in one folder.\nprovider = "${kind}"\n`,
  );
  console.log(`${kind}: prisma/migrations/${kind}/${folder}/migration.sql`);
}
