// npm run fixture [-- <folder>]: stores the database of this version for the tests of later upgrades, in
// prisma/fixtures/<version>, as an SQLite file and as SQL for PostgreSQL. Run it for a release, after raising the
// version. It upgrades the fixture of the previous release, with its odd and hostile rows, and adds what `fill` of a
// fill.mjs in the new folder creates, if there is one: `export async function fill({ known, clock })`, with this
// version's services, returning what tests need and cannot read from the rows. docs: "Upgrades" in CONTRIBUTING.md.
import './lib/node-version.mjs';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundle } from './build.mjs';
import { fixClock } from './lib/fixed-clock.mjs';
import { startPostgres } from './lib/postgres.mjs';
import { inRoot } from './lib/root.mjs';

const FIXTURES = inRoot('prisma/fixtures');
const read = (...parts) => readFileSync(path.join(...parts), 'utf8');

/**
 * Resolves to the folder.
 * @param {string} [folder]
 */
export async function makeFixture(folder) {
  const { version } = JSON.parse(read(inRoot('package.json')));
  const target = folder ?? path.join(FIXTURES, version);
  const file = path.join(target, 'sqlite.db');
  if (existsSync(file)) throw new Error(`${target} is history; raise the version in package.json first.`);
  const previous = path.join(FIXTURES, newestOf(readdirSync(FIXTURES)));
  mkdirSync(target, { recursive: true });
  copyFileSync(path.join(previous, 'sqlite.db'), file);
  const known = JSON.parse(read(previous, 'known.json'));
  Object.assign(process.env, { SIGNET_SECRET: known.secret, DATABASE_URL: `file:${file}`, LOG_LEVEL: 'silent' });
  const clock = fixClock(Date.parse(known.now));
  const { migrate } = await load('lib/platform/db/migrate.ts');
  await migrate(`file:${file}`);
  const more = await fillFrom(path.join(target, 'fill.mjs'), { known, clock });
  writeFileSync(
    path.join(target, 'known.json'),
    `${JSON.stringify({ ...known, ...more, now: new Date().toISOString() }, null, 2)}\n`,
  );
  await tidy(file);
  await writeTwin(file, path.join(target, 'postgresql.sql'), migrate, version);
  clock.release();
  return target;
}

const newestOf = (versions) => versions.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1) ?? '';

async function load(entry) {
  const outfile = inRoot(`build/fixture/${entry.replaceAll('/', '-')}.mjs`);
  await bundle(inRoot(entry), outfile);
  return import(pathToFileURL(outfile).href);
}

async function fillFrom(file, given) {
  if (!existsSync(file)) return {};
  const { fill } = await load(path.relative(inRoot(), file));
  return fill(given);
}

async function tidy(file) {
  const { default: Database } = await import('better-sqlite3');
  const database = new Database(file);
  database.exec('VACUUM');
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.pragma('journal_mode = DELETE');
  database.close();
  for (const suffix of ['-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
}

/** The same rows in a real PostgreSQL, written by this version's client, and then as plain SQL. */
async function writeTwin(file, output, migrate, version) {
  const { default: pg } = await import('pg');
  const postgres = await startPostgres();
  try {
    await migrate(postgres.url());
    // A row may precede the one it refers to.
    await query(pg, postgres.url(), (client) =>
      client.query('ALTER ROLE signet SET session_replication_role = replica'),
    );
    const tables = await copyRows(file, postgres.url());
    const inserts = await query(pg, postgres.url(), async (client) => {
      const parts = [];
      for (const table of ['_prisma_migrations', ...tables]) parts.push(await insertsOf(client, table));
      return parts.filter(Boolean);
    });
    const lines = [
      `-- A database of version ${version}, written by scripts/make-fixture.mjs.`,
      ...definitions(),
      ...inserts,
    ];
    writeFileSync(output, `${lines.join('\n')}\n`);
  } finally {
    await postgres.stop();
  }
}

async function query(pg, connectionString, use) {
  const client = new pg.Client({ connectionString, types: { getTypeParser: () => (text) => text } });
  await client.connect();
  return use(client).finally(() => client.end());
}

/** Resolves to the tables, in the order of their names. */
async function copyRows(file, url) {
  const { PrismaClient: From, Prisma } = await load('generated/sqlite/client.ts');
  const { PrismaClient: To } = await load('generated/postgresql/client.ts');
  const { PrismaBetterSqlite3 } = await import('@prisma/adapter-better-sqlite3');
  const { PrismaPg } = await import('@prisma/adapter-pg');
  const from = new From({ adapter: new PrismaBetterSqlite3({ url: `file:${file}` }) });
  const to = new To({ adapter: new PrismaPg({ connectionString: url }) });
  const tables = Object.values(Prisma.ModelName).sort();
  for (const table of tables) {
    const model = table[0].toLowerCase() + table.slice(1);
    await to[model].deleteMany();
    await to[model].createMany({ data: await from[model].findMany() });
  }
  await Promise.all([from.$disconnect(), to.$disconnect()]);
  return tables;
}

/** The table of Prisma Migrate, and every table that the migrations create. */
function definitions() {
  const record = `CREATE TABLE _prisma_migrations (id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ, migration_name VARCHAR(255) NOT NULL, logs TEXT,
  rolled_back_at TIMESTAMPTZ, started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0);`;
  const dir = inRoot('prisma/migrations/postgresql');
  const names = readdirSync(dir).filter((name) => /^\d/.test(name));
  const migrations = names.sort().map((name) => read(dir, name, 'migration.sql'));
  return ['SET session_replication_role = replica;', record, ...migrations];
}

async function insertsOf(client, table) {
  const { rows, fields } = await client.query(`SELECT * FROM "${table}" ORDER BY 1, 2`);
  if (rows.length === 0) return '';
  const columns = fields.map(({ name }) => `"${name}"`).join(', ');
  const literal = (value) => (value === null ? 'NULL' : `'${value.replaceAll("'", "''")}'`);
  const lines = rows.map((row) => `  (${fields.map(({ name }) => literal(row[name])).join(', ')})`);
  return `INSERT INTO "${table}" (${columns}) VALUES\n${lines.join(',\n')};`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2] && path.resolve(process.argv[2]);
  console.log(await makeFixture(folder));
}
