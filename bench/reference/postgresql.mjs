// The first reference on PostgreSQL: tables of its own and named statements, one round trip a request.
import { createHash } from 'node:crypto';
import pg from 'pg';

const NAMES = 'id email state stateChangedAt traits verifiable recovery createdAt updatedAt version'.split(' ');
const COLUMNS = NAMES.map((name) => `"${name}"`).join(', ');
const iso = (column) => `to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const TIMES = `'created_at', ${iso('a."createdAt"')}, 'updated_at', ${iso('a."updatedAt"')}`;

const ADDRESS = `'id', a."id", 'value', a."value", 'verified', a."verified", 'via', a."via", 'status', a."status"`;

/** The parts of an identity of Signet as the admin API answers them. */
export const PARTS = {
  verifiable: `(SELECT json_agg(CASE WHEN a."verifiedAt" IS NULL THEN json_build_object(${ADDRESS}, ${TIMES})
    ELSE json_build_object(${ADDRESS}, 'verified_at', ${iso('a."verifiedAt"')}, ${TIMES}) END)::text FROM "VerifiableAddress" a WHERE a."identityId" = i."id")`,
  recovery: `(SELECT json_agg(json_build_object('id', a."id", 'value', a."value", 'via', a."via", ${TIMES}))::text FROM "RecoveryAddress" a WHERE a."identityId" = i."id")`,
  stateChangedAt: iso('i."stateChangedAt"'),
  createdAt: iso('i."createdAt"'),
  updatedAt: iso('i."updatedAt"'),
};

/** Turns a copy of Signet's database into the reference's. */
export async function becomeReference(url, { credential, sessions, passkeys }) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`CREATE SCHEMA reference;
    CREATE TABLE reference.identity ("id" text PRIMARY KEY, "email" text NOT NULL UNIQUE, "state" text NOT NULL,
      "stateChangedAt" text NOT NULL, "traits" text NOT NULL, "verifiable" text NOT NULL, "recovery" text NOT NULL,
      "createdAt" text NOT NULL, "updatedAt" text NOT NULL, "version" int NOT NULL);
    INSERT INTO reference.identity (${COLUMNS})
      SELECT i."id", x."value", i."state", ${PARTS.stateChangedAt}, i."traits", ${PARTS.verifiable}, ${PARTS.recovery},
        ${PARTS.createdAt}, ${PARTS.updatedAt}, i."version"
      FROM "Identity" i JOIN "Identifier" x ON x."identityId" = i."id" ORDER BY i."id";
    CREATE INDEX ON reference.identity ("createdAt", "id");
    CREATE TABLE reference.credential ("clientId" text PRIMARY KEY, "hash" text NOT NULL, "scope" text NOT NULL);
    CREATE TABLE reference.session ("hash" text PRIMARY KEY, "identityId" text NOT NULL, "createdAt" text NOT NULL, "expiresAt" text NOT NULL);
    CREATE TABLE reference.passkey ("id" text PRIMARY KEY, "identityId" text NOT NULL, "publicJwk" text NOT NULL, "counter" int NOT NULL, "usedAt" text);
    CREATE TABLE reference.challenge ("value" text PRIMARY KEY, "expiresAt" text NOT NULL);
    DROP SCHEMA public CASCADE`);
  const hash = (text) => createHash('sha256').update(text).digest('base64url');
  const { clientId, secret, scope } = credential;
  await client.query('INSERT INTO reference.credential VALUES ($1, $2, $3)', [clientId, hash(secret), scope]);
  const far = '2100-01-01T00:00:00.000Z';
  for (const { token, identityId } of sessions)
    await client.query('INSERT INTO reference.session VALUES ($1, $2, $3, $3)', [hash(token), identityId, far]);
  for (const { id, identityId, publicJwk } of passkeys)
    await client.query('INSERT INTO reference.passkey VALUES ($1, $2, $3, 0, NULL)', [id, identityId, publicJwk]);
  await client.query('VACUUM ANALYZE');
  await client.end();
}

/** Runs named statements on a pool. */
export function openPool(connectionString, options = '') {
  const pool = new pg.Pool({ connectionString, max: 10, options });
  const named = (name, text) => async (values) => (await pool.query({ name, text, values })).rows;
  const first = (name, text) => {
    const run = named(name, text);
    return async (values) => (await run(values))[0];
  };
  return { pool, named, first };
}

export function openStore({ database }) {
  const { named, first } = openPool(database, '-c search_path=reference');
  const credential = first('credential', 'SELECT "hash", "scope" FROM credential WHERE "clientId" = $1');
  const byId = first('by_id', `SELECT ${COLUMNS} FROM identity WHERE "id" = $1`);
  const after = named('after', `SELECT ${COLUMNS} FROM identity WHERE "id" > $1 ORDER BY "id" LIMIT $2`);
  const offset = named('offset', `SELECT ${COLUMNS} FROM identity ORDER BY "id" LIMIT $1 OFFSET $2`);
  const insert = named('insert', `INSERT INTO identity (${COLUMNS}) VALUES (${NAMES.map((_, at) => `$${at + 1}`)})`);
  const update = first(
    'update',
    `UPDATE identity SET "traits" = $1, "updatedAt" = $2, "version" = "version" + 1 WHERE "id" = $3 RETURNING ${COLUMNS}`,
  );
  const remove = first('remove', 'DELETE FROM identity WHERE "id" = $1 RETURNING "id"');
  const session = first(
    'session',
    `SELECT s."expiresAt", s."identityId", i."email", i."traits" FROM session s JOIN identity i ON i."id" = s."identityId" WHERE s."hash" = $1`,
  );
  const passkey = first('passkey', 'SELECT "identityId", "publicJwk" FROM passkey WHERE "id" = $1');
  const signIn = first(
    'sign_in',
    `WITH taken AS (DELETE FROM challenge WHERE "value" = $1 AND "expiresAt" > $2 RETURNING "value"),
      used AS (UPDATE passkey SET "counter" = $3, "usedAt" = $2 WHERE "id" = $4 AND EXISTS (SELECT FROM taken))
      INSERT INTO session SELECT $5::text, $6::text, $2::text, $7::text FROM taken RETURNING "hash"`,
  );
  return {
    findCredential: (clientId) => credential([clientId]),
    find: (id) => byId([id]),
    listAfter: (id, limit) => after([id, limit]),
    listByOffset: (page, size) => offset([size, page * size]),
    insert: (row) => insert(NAMES.map((name) => row[name])),
    update: (id, traits, now) => update([traits, now, id]),
    remove: async (id) => (await remove([id])) !== undefined,
    findSession: (hash) => session([hash]),
    findPasskey: (id) => passkey([id]),
    signIn: async ({ challenge, passkeyId, counter, session: { hash, identityId, expiresAt }, now }) =>
      (await signIn([challenge, now, counter, passkeyId, hash, identityId, expiresAt])) !== undefined,
  };
}
