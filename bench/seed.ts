import Database from 'better-sqlite3';
import pg from 'pg';
import { migrate } from '@/lib/platform/db/migrate';
import { sqliteFile } from '@/lib/platform/db/sqlite-file.mjs';

const ROWS = 100_000;
/** ID of the only project. */
export const PROJECT = '01900000-0000-7000-8000-000000000001';

type Target = { run: (sql: string, span?: [number, number]) => unknown; end: () => unknown };

/** Text expressions over a number `n` that differ between the databases. */
const DIALECTS = {
  sqlite: {
    numbers: 'WITH RECURSIVE s(n) AS (SELECT $1 UNION ALL SELECT n + 1 FROM s WHERE n < $2)',
    id: (kind: number) => `printf('01900000-%04x-7%03x-8000-%012x', n / 4096, n % 4096, ${kind} * 16777216 + n)`,
    padded: "printf('%07d', n)",
    bytes: "x'00'",
    now: "'2026-01-01T00:00:00.000+00:00'",
    no: '0',
  },
  postgresql: {
    numbers: 'WITH s AS (SELECT generate_series($1::int, $2::int) AS n)',
    id: (kind: number) =>
      `'01900000-' || lpad(to_hex(n / 4096), 4, '0') || '-7' || lpad(to_hex(n % 4096), 3, '0') || '-8000-' || lpad(to_hex(${kind}::bigint * 16777216 + n), 12, '0')`,
    padded: "lpad(n::text, 7, '0')",
    bytes: "'\\x00'::bytea",
    now: "'2026-01-01T00:00:00Z'::timestamp",
    no: 'false',
  },
};

/**
 * Fills the empty database at `url` (`file:…` or `postgresql://…`) with one project, identities and passkeys, in plain
 * SQL: a million identities take less than a minute. For measuring only: no one can sign in.
 */
export async function seed(url: string, identities: number, passkeys: number): Promise<void> {
  await migrate(url);
  const kind = url.startsWith('file:') ? 'sqlite' : 'postgresql';
  const database = await (kind === 'sqlite' ? openSqlite(url) : openPostgresql(url));
  const { now, no, id, padded, bytes, numbers } = DIALECTS[kind];
  await database.run(
    `INSERT INTO "Organization" ("id", "name", "slug", "createdAt", "updatedAt") VALUES ('${PROJECT}', 'Bench', 'bench', ${now}, ${now})`,
  );
  await database.run(`INSERT INTO "Project" ("id", "organizationId", "name", "slug", "registration", "sessionIdleSeconds", "sessionLifetimeSeconds", "createdAt", "updatedAt")
    VALUES ('${PROJECT}', '${PROJECT}', 'Bench', 'bench', 'closed', 3600, 86400, ${now}, ${now})`);
  await database.run(`INSERT INTO "IdentitySchema" ("id", "projectId", "schemaId", "version", "document", "createdAt")
    VALUES ('${PROJECT}', '${PROJECT}', 'default', 1, '{}', ${now})`);
  const mail = `'user' || ${padded} || '@example.com'`;
  const address = `SELECT ${id(2)}, '${PROJECT}', ${id(1)}, ${mail}, ${now}`;
  const statements = [
    `INSERT INTO "Identity" ("id", "projectId", "schemaId", "schemaVersion", "state", "stateChangedAt", "traits", "searchText", "sortName", "userHandle", "revocationEpoch", "version", "createdAt", "updatedAt")
      ${numbers} SELECT ${id(1)}, '${PROJECT}', 'default', 1, CASE WHEN n % 10 = 0 THEN 'inactive' ELSE 'active' END, ${now}, '{"email":"' || ${mail} || '"}', ${mail}, ${mail}, ${id(1)}, 0, 1, ${now}, ${now} FROM s`,
    `INSERT INTO "Identifier" ("id", "projectId", "identityId", "value", "createdAt") ${numbers} ${address} FROM s`,
    `INSERT INTO "VerifiableAddress" ("id", "projectId", "identityId", "value", "createdAt", "via", "status", "verified", "updatedAt") ${numbers} ${address}, 'email', 'pending', ${no}, ${now} FROM s`,
    `INSERT INTO "RecoveryAddress" ("id", "projectId", "identityId", "value", "createdAt", "via", "updatedAt") ${numbers} ${address}, 'email', ${now} FROM s`,
  ];
  const passkey = `INSERT INTO "Passkey" ("id", "projectId", "identityId", "credentialId", "publicKey", "signCount", "aaguid", "transports", "isBackupEligible", "isBackedUp", "rpId", "name", "createdAt")
    ${numbers} SELECT ${id(3)}, '${PROJECT}', ${id(1)}, ${id(3)}, ${bytes}, 0, '', '[]', ${no}, ${no}, 'localhost', 'Key', ${now} FROM s`;
  for (const statement of statements) await inSteps(database, statement, identities);
  await inSteps(database, passkey, Math.min(passkeys, identities));
  await database.end();
}

async function inSteps(database: Target, statement: string, count: number): Promise<void> {
  for (let from = 1; from <= count; from += ROWS) {
    await database.run(statement, [from, Math.min(from + ROWS - 1, count)]);
  }
}

function openSqlite(url: string): Target {
  const db = new Database(sqliteFile(url));
  db.pragma('synchronous = OFF');
  db.pragma('cache_size = -400000');
  const run: Target['run'] = (sql, span) =>
    span ? db.prepare(sql.replace('$1', '?').replace('$2', '?')).run(...span) : db.exec(sql);
  return { run, end: () => db.close() };
}

async function openPostgresql(connectionString: string): Promise<Target> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  return { run: (sql, span) => client.query(sql, span), end: () => client.end() };
}
