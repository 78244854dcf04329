// The first reference on SQLite: tables of its own, four b-trees for an identity.
import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import { groupCommit } from './group-commit.mjs';

const COLUMNS = 'id, email, state, stateChangedAt, traits, verifiable, recovery, createdAt, updatedAt, version';

const TABLES = `
  CREATE TABLE identity (id TEXT PRIMARY KEY, email TEXT NOT NULL UNIQUE, state TEXT NOT NULL, stateChangedAt TEXT NOT NULL,
    traits TEXT NOT NULL, verifiable TEXT NOT NULL, recovery TEXT NOT NULL, createdAt TEXT NOT NULL, updatedAt TEXT NOT NULL,
    version INTEGER NOT NULL);
  CREATE INDEX identity_created ON identity (createdAt, id);
  CREATE TABLE credential (clientId TEXT PRIMARY KEY, hash TEXT NOT NULL, scope TEXT NOT NULL);
  CREATE TABLE session (hash TEXT PRIMARY KEY, identityId TEXT NOT NULL, createdAt TEXT NOT NULL, expiresAt TEXT NOT NULL);
  CREATE TABLE passkey (id TEXT PRIMARY KEY, identityId TEXT NOT NULL, publicJwk TEXT NOT NULL, counter INTEGER NOT NULL, usedAt TEXT);
  CREATE TABLE challenge (value TEXT PRIMARY KEY, expiresAt TEXT NOT NULL);`;

const iso = (column) => `replace(${column}, '+00:00', 'Z')`;
const TIMES = `'created_at', ${iso('a."createdAt"')}, 'updated_at', ${iso('a."updatedAt"')}`;
const ADDRESS = `'id', a."id", 'value', a."value", 'verified', json(iif(a."verified", 'true', 'false')), 'via', a."via", 'status', a."status"`;

/** The parts of an identity of Signet as the admin API answers them. */
export const PARTS = {
  verifiable: `(SELECT json_group_array(iif(a."verifiedAt" IS NULL, json_object(${ADDRESS}, ${TIMES}),
    json_object(${ADDRESS}, 'verified_at', ${iso('a."verifiedAt"')}, ${TIMES}))) FROM signet."VerifiableAddress" a WHERE a."identityId" = i."id")`,
  recovery: `(SELECT json_group_array(json_object('id', a."id", 'value', a."value", 'via', a."via", ${TIMES})) FROM signet."RecoveryAddress" a WHERE a."identityId" = i."id")`,
  stateChangedAt: iso('i."stateChangedAt"'),
  createdAt: iso('i."createdAt"'),
  updatedAt: iso('i."updatedAt"'),
};

/** Creates the reference's database from Signet's. */
export function copyToReference(file, { from, credential, sessions, passkeys }) {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = OFF');
  db.pragma('temp_store = MEMORY');
  db.exec(TABLES);
  db.prepare('ATTACH ? AS signet').run(from);
  db.exec(`INSERT INTO identity (${COLUMNS})
    SELECT i."id", x."value", i."state", ${PARTS.stateChangedAt}, i."traits", ${PARTS.verifiable}, ${PARTS.recovery},
      ${PARTS.createdAt}, ${PARTS.updatedAt}, i."version"
    FROM signet."Identity" i JOIN signet."Identifier" x ON x."identityId" = i."id" ORDER BY i."id"`);
  const hash = (text) => createHash('sha256').update(text).digest('base64url');
  db.prepare('INSERT INTO credential VALUES (?, ?, ?)').run(
    credential.clientId,
    hash(credential.secret),
    credential.scope,
  );
  const far = '2100-01-01T00:00:00.000Z';
  for (const { token, identityId } of sessions)
    db.prepare('INSERT INTO session VALUES (?, ?, ?, ?)').run(hash(token), identityId, far, far);
  for (const { id, identityId, publicJwk } of passkeys)
    db.prepare('INSERT INTO passkey VALUES (?, ?, ?, 0, NULL)').run(id, identityId, publicJwk);
  db.exec('ANALYZE main'); // without a name, also the attached database
  db.close();
}

export function openStore({ database }) {
  const db = new Database(database);
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'cache_size = -64000', 'temp_store = MEMORY'])
    db.pragma(pragma);
  const write = groupCommit(db, { isolated: false });
  const credential = db.prepare('SELECT hash, scope FROM credential WHERE clientId = ?');
  const byId = db.prepare(`SELECT ${COLUMNS} FROM identity WHERE id = ?`);
  const after = db.prepare(`SELECT ${COLUMNS} FROM identity WHERE id > ? ORDER BY id LIMIT ?`);
  const offset = db.prepare(`SELECT ${COLUMNS} FROM identity ORDER BY id LIMIT ? OFFSET ?`);
  const names = COLUMNS.split(', ');
  const insert = db.prepare(`INSERT INTO identity (${COLUMNS}) VALUES (${names.map((name) => `@${name}`).join(', ')})`);
  const update = db.prepare(
    `UPDATE identity SET traits = ?, updatedAt = ?, version = version + 1 WHERE id = ? RETURNING ${COLUMNS}`,
  );
  const remove = db.prepare('DELETE FROM identity WHERE id = ?');
  const session = db.prepare(`SELECT s.expiresAt, s.identityId, i.email, i.traits FROM session s
    JOIN identity i ON i.id = s.identityId WHERE s.hash = ?`);
  const passkey = db.prepare('SELECT identityId, publicJwk, counter FROM passkey WHERE id = ?');
  const take = db.prepare('DELETE FROM challenge WHERE value = ? AND expiresAt > ?');
  const used = db.prepare('UPDATE passkey SET counter = ?, usedAt = ? WHERE id = ?');
  const open = db.prepare('INSERT INTO session VALUES (@hash, @identityId, @createdAt, @expiresAt)');
  return {
    findCredential: (clientId) => credential.get(clientId),
    find: (id) => byId.get(id),
    listAfter: (id, limit) => after.all(id, limit),
    listByOffset: (page, size) => offset.all(size, page * size),
    insert: (row) => write(() => insert.run(row)),
    update: (id, traits, now) => write(() => update.get(traits, now, id)),
    remove: (id) => write(() => remove.run(id).changes === 1),
    findSession: (hash) => session.get(hash),
    findPasskey: (id) => passkey.get(id),
    signIn: ({ challenge, passkeyId, counter, session, now }) =>
      write(() => {
        if (take.run(challenge, now).changes === 0) return false;
        used.run(counter, now, passkeyId);
        open.run(session);
        return true;
      }),
  };
}
