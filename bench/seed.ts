import Database from 'better-sqlite3';
import pg from 'pg';
import { createIdentity } from '@/lib/identity/service';
import { systemActor } from '@/lib/platform/actor';
import { migrate } from '@/lib/platform/db/migrate';
import { sqliteFile } from '@/lib/platform/db/sqlite-file.mjs';
import { transaction } from '@/lib/platform/db/transaction';
import { env } from '@/lib/platform/env';
import { FIRST_SETTINGS } from '@/lib/project/model';
import { insertOrganizationWithProject } from '@/lib/project/repository';
import { ensureFirstProject } from '@/lib/project/service';
import { addPasskey, signIn } from '@/testing/people';

/** ID of the only project. */
export const PROJECT = '01900000-0000-7000-8000-000000000001';

/** The parts of the template's texts that each copy replaces: a number and a first name. */
const NUMBER = '0000000';
const NAME = 'Firstname';
const NAMES = ['Ada', 'Grace', 'Alan', 'Edsger', 'Barbara', 'Donald', 'Margaret', 'Niklaus'];
const ROWS_AT_ONCE = 100_000;

type Value = string | number | bigint | boolean | null | Date | Uint8Array;
type Row = Record<string, Value>;
type Target = {
  rows: (sql: string) => Promise<Row[]> | Row[];
  run: (sql: string, span?: [from: number, to: number]) => unknown;
  end: () => unknown;
};

/** Expressions over a number `n` that differ between the databases. */
const DIALECTS = {
  sqlite: {
    numbers: 'WITH RECURSIVE s(n) AS (SELECT $1 UNION ALL SELECT n + 1 FROM s WHERE n < $2)',
    id: (kind: number) => `printf('01900000-%04x-7%03x-8000-%012x', n / 4096, n % 4096, ${kind * 2 ** 24} + n)`,
    padded: "printf('%07d', n)",
  },
  postgresql: {
    numbers: 'WITH s AS (SELECT generate_series($1::int, $2::int) AS n)',
    id: (kind: number) =>
      `'01900000-' || lpad(to_hex(n / 4096), 4, '0') || '-7' || lpad(to_hex(n % 4096), 3, '0') || '-8000-' || lpad(to_hex(${kind * 2 ** 24}::bigint + n), 12, '0')`,
    padded: "lpad(n::text, 7, '0')",
  },
};

/** The tables with rows of an identity, each with a number that keeps its IDs distinct. */
const KINDS = { Identity: 1, Identifier: 2, VerifiableAddress: 3, RecoveryAddress: 4, AuditEvent: 5, Passkey: 6 };
type Table = keyof typeof KINDS;
const TABLES = Object.keys(KINDS) as Table[];

/** The identity with a number from 1 on. */
export function seededIdentity(n: number): { id: string; email: string } {
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');
  return {
    id: `01900000-${hex(Math.floor(n / 4096), 4)}-7${hex(n % 4096, 3)}-8000-${hex(2 ** 24 + n, 12)}`,
    email: `user${String(n).padStart(NUMBER.length, '0')}@example.com`,
  };
}

/**
 * Fills the empty database at `url`, which must be DATABASE_URL, with one project, identities, their creation events and
 * passkeys without an authenticator. The services create one identity; plain SQL copies its rows and replaces number
 * and name in every text, so that columns and triggers of a new migration are filled without a change here. A million
 * identities take a few minutes.
 */
export async function seed(url: string, identities: number, passkeys: number): Promise<void> {
  await migrate(url);
  const template = await makeTemplate();
  const kind = url.startsWith('file:') ? 'sqlite' : 'postgresql';
  const database = await (kind === 'sqlite' ? openSqlite(url) : openPostgresql(url));
  for (const table of TABLES) {
    const sql = await copySql(database, kind, table, template);
    const count = table === 'Passkey' ? Math.min(passkeys, identities) : identities;
    for (let from = 1; from <= count; from += ROWS_AT_ONCE)
      await database.run(sql, [from, Math.min(from + ROWS_AT_ONCE - 1, count)]);
  }
  for (const table of ['AuditEvent', 'Session'])
    await database.run(`DELETE FROM "${table}" WHERE "identityId" = '${template}'`);
  await database.run(`DELETE FROM "Identity" WHERE "id" = '${template}'`);
  await database.end();
}

/** An identity with a passkey; returns its ID. */
async function makeTemplate(): Promise<string> {
  const { origin } = env();
  const ids = { organizationId: PROJECT, projectId: PROJECT, originId: PROJECT };
  const settings = { ...FIRST_SETTINGS, origin, name: 'Signet', slug: 'signet', now: new Date() };
  await transaction((tx) => insertOrganizationWithProject(tx, { ...ids, ...settings }));
  const project = await ensureFirstProject(origin);
  const traits = { email: `user${NUMBER}@example.com`, name: { first: NAME, last: `Lovelace${NUMBER}` } };
  const identity = await createIdentity(systemActor(project.id), { traits });
  await addPasskey(await signIn(project, identity));
  return identity.id;
}

/** Copies the template's row of a table for each number from $1 to $2. */
async function copySql(database: Target, kind: keyof typeof DIALECTS, table: Table, template: string) {
  const { numbers, id, padded } = DIALECTS[kind];
  const owner = table === 'Identity' ? `"id" = '${template}'` : `"identityId" = '${template}'`;
  const only = table === 'AuditEvent' ? ` AND "type" = 'identity.created'` : '';
  const [row] = await database.rows(`SELECT * FROM "${table}" WHERE ${owner}${only}`);
  if (!row) throw new Error(`the template has no ${table}`);
  const computed: Record<string, string> = {
    id: id(KINDS[table]),
    identityId: id(KINDS.Identity),
    userHandle: `'bench' || ${padded} || '${'A'.repeat(31)}'`,
    credentialId: `'bench' || ${padded}`,
    state: `CASE WHEN n % 10 = 0 THEN 'inactive' ELSE 'active' END`,
  };
  const name = `(CASE n % ${NAMES.length} ${NAMES.map((text, at) => `WHEN ${at} THEN '${text}'`).join(' ')} END)`;
  const expressionOf = ([column, value]: [string, Value]) => {
    const plain = `t."${column}"`;
    if (column in computed) return computed[column];
    if (typeof value !== 'string' || !value.includes(NUMBER) || column === 'projectId') return plain;
    const numbered = `replace(${plain}, '${NUMBER}', ${padded})`;
    return `replace(replace(${numbered}, '${NAME}', ${name}), '${NAME.toLowerCase()}', lower(${name}))`;
  };
  return `INSERT INTO "${table}" (${Object.keys(row).map((column) => `"${column}"`)}) ${numbers}
    SELECT ${Object.entries(row).map(expressionOf)} FROM s, "${table}" t WHERE t."id" = '${row.id}'`;
}

function openSqlite(url: string): Target {
  const db = new Database(sqliteFile(url));
  for (const pragma of ['foreign_keys = ON', 'synchronous = OFF', 'cache_size = -400000', 'temp_store = MEMORY'])
    db.pragma(pragma);
  const run: Target['run'] = (sql, span) =>
    span ? db.prepare(sql.replace('$1', '?').replace('$2', '?')).run(...span) : db.exec(sql);
  return { rows: (sql) => db.prepare<[], Row>(sql).all(), run, end: () => db.close() };
}

async function openPostgresql(connectionString: string): Promise<Target> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  return {
    rows: async (sql) => (await client.query<Row>(sql)).rows,
    run: (sql, span) => client.query(sql, span),
    end: () => client.end(),
  };
}
