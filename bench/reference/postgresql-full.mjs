// The second reference on PostgreSQL: a copy of Signet's own database, where it writes the rows that Signet writes, each
// request in one statement.
import { createHash, randomUUID } from 'node:crypto';
import pg from 'pg';
import { openPool, PARTS } from './postgresql.mjs';
import { eventOf, rowsOf } from './signet-rows.mjs';

const SELECT = `SELECT i."id", i."state", i."traits", i."version", ${Object.entries(PARTS)
  .map(([name, sql]) => `${sql} AS "${name}"`)
  .join(', ')} FROM "Identity" i`;
const stored = (iso) => iso;

/** Adds what only the reference needs to a copy of Signet's database. */
export async function prepareCopy(url, { credential, sessions, passkeys }) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`CREATE TABLE reference_credential ("clientId" text PRIMARY KEY, "hash" text NOT NULL, "scope" text NOT NULL);
    CREATE TABLE reference_session ("hash" text PRIMARY KEY, "id" text NOT NULL);
    CREATE TABLE reference_passkey ("id" text PRIMARY KEY, "identityId" text NOT NULL, "publicJwk" text NOT NULL)`);
  const hash = (text) => createHash('sha256').update(text).digest('base64url');
  const { clientId, secret, scope } = credential;
  await client.query('INSERT INTO reference_credential VALUES ($1, $2, $3)', [clientId, hash(secret), scope]);
  for (const { token, identityId } of sessions)
    await client.query('INSERT INTO reference_session SELECT $1, "id" FROM "Session" WHERE "identityId" = $2 LIMIT 1', [
      hash(token),
      identityId,
    ]);
  for (const { id, identityId, publicJwk } of passkeys)
    await client.query('INSERT INTO reference_passkey VALUES ($1, $2, $3)', [id, identityId, publicJwk]);
  await client.query('VACUUM ANALYZE');
  await client.end();
}

export async function openStore({ database, projectId }) {
  const { pool, named, first } = openPool(database);
  const credential = first('credential', 'SELECT "hash", "scope" FROM reference_credential WHERE "clientId" = $1');
  const byId = first('by_id', `${SELECT} WHERE i."id" = $1 AND i."projectId" = $2`);
  const after = named('after', `${SELECT} WHERE i."projectId" = $1 AND i."id" > $2 ORDER BY i."id" LIMIT $3`);
  const offset = named('offset', `${SELECT} WHERE i."projectId" = $1 ORDER BY i."id" LIMIT $2 OFFSET $3`);
  const session = first(
    'session',
    `SELECT ${PARTS.createdAt.replace('i."createdAt"', 's."expiresAt"')} AS "expiresAt", s."identityId", x."value" AS "email", i."traits"
      FROM reference_session r JOIN "Session" s ON s."id" = r."id" JOIN "Identity" i ON i."id" = s."identityId"
      JOIN "Identifier" x ON x."identityId" = i."id" WHERE r."hash" = $1`,
  );
  const passkey = first('passkey', 'SELECT "identityId", "publicJwk" FROM reference_passkey WHERE "id" = $1');

  const patterns = new Map();
  for (const table of ['Identity', 'Identifier', 'VerifiableAddress', 'RecoveryAddress', 'AuditEvent', 'Session']) {
    const { rows } = await pool.query(`SELECT * FROM "${table}" LIMIT 1`);
    patterns.set(table, rows[0]);
  }
  /** One statement: inserts rows like an existing one of each table, with these values, after `head` (other CTEs). */
  const write = (name, inserts, { head = [], values = [], from = '' } = {}) => {
    const all = [...values];
    const parts = inserts.map(([table, own], at) => {
      const row = { ...patterns.get(table), ...own };
      const cells = Object.values(row).map((value) => `$${all.push(value)}`);
      const columns = Object.keys(row).map((column) => `"${column}"`);
      return `i${at} AS (INSERT INTO "${table}" (${columns}) ${from ? `SELECT ${typed(table, columns, cells)} FROM ${from}` : `VALUES (${cells})`})`;
    });
    return pool.query({
      name,
      text: `WITH ${[...head, ...parts].join(', ')} SELECT ${from ? `1 FROM ${from}` : 1}`,
      values: all,
    });
  };
  const typesOf = new Map();
  const { rows: columnTypes } = await pool.query(
    `SELECT table_name, column_name, udt_name FROM information_schema.columns WHERE table_schema = 'public'`,
  );
  for (const { table_name, column_name, udt_name } of columnTypes)
    typesOf.set(`${table_name}."${column_name}"`, udt_name);
  const typed = (table, columns, cells) =>
    cells.map((cell, at) => `${cell}::${typesOf.get(`${table}.${columns[at]}`)}`);

  return {
    findCredential: (clientId) => credential([clientId]),
    find: (id) => byId([id, projectId]),
    listAfter: (id, limit) => after([projectId, id, limit]),
    listByOffset: (page, size) => offset([projectId, size, page * size]),
    insert: (row) =>
      write('insert', [...rowsOf(row, projectId, stored), ['AuditEvent', eventOf('identity.created', row, projectId)]]),
    update: async (id, traits, now) => {
      const row = await byId([id, projectId]);
      if (!row) return undefined;
      const { email, name } = JSON.parse(traits);
      const head = `u AS (UPDATE "Identity" SET "traits" = $1, "searchText" = $2, "sortName" = $3, "updatedAt" = $4,
        "version" = "version" + 1 WHERE "id" = $5 AND "version" = $6 RETURNING "id")`;
      const searchText = [email, name.first, name.last].join('\n').toLowerCase();
      const values = [traits, searchText, `${name.first} ${name.last}`.toLowerCase(), now, id, row.version];
      const event = eventOf('identity.updated', { ...row, traits, updatedAt: now }, projectId);
      const { rows } = await write('update', [['AuditEvent', event]], { head: [head], values, from: 'u' });
      return rows.length === 0 ? undefined : { ...row, traits, updatedAt: now, version: row.version + 1 };
    },
    remove: async (id) => {
      const head = [
        'd AS (DELETE FROM "Identity" WHERE "id" = $1 AND "projectId" = $2 RETURNING "id")',
        `b AS (UPDATE "AuditEvent" SET "details" = '{}' WHERE "identityId" = $1)`,
        'f AS (UPDATE "IdempotencyKey" SET "answer" = NULL WHERE "projectId" = $2 AND "resourceId" = $1)',
      ];
      const event = eventOf('identity.deleted', { id, traits: '{}', updatedAt: new Date().toISOString() }, projectId);
      const { rows } = await write('remove', [['AuditEvent', event]], { head, values: [id, projectId], from: 'd' });
      return rows.length > 0;
    },
    findSession: (hash) => session([hash]),
    findPasskey: (id) => passkey([id]),
    signIn: async ({ challenge, passkeyId, counter, session: { identityId, expiresAt }, now }) => {
      const head = [
        'taken AS (DELETE FROM "Challenge" WHERE "value" = $1 AND "expiresAt" > $2::timestamp RETURNING "value")',
        `used AS (UPDATE "Passkey" SET "signCount" = $3, "lastUsedAt" = $2::timestamp WHERE "credentialId" = $4 AND EXISTS (SELECT FROM taken))`,
      ];
      const times = { createdAt: now, lastSeenAt: now, authenticatedAt: now, expiresAt };
      const rows = [
        ['Session', { ...times, id: randomUUID(), identityId }],
        ['AuditEvent', eventOf('session.started', { id: identityId, traits: '{}', updatedAt: now }, projectId)],
      ];
      const answer = await write('sign_in', rows, {
        head,
        values: [challenge, now, counter, passkeyId],
        from: 'taken',
      });
      return answer.rows.length > 0;
    },
  };
}
