// The second reference on SQLite: a copy of Signet's own database, where it writes the rows that Signet writes.
import { createHash, randomUUID } from 'node:crypto';
import Database from 'better-sqlite3';
import { groupCommit } from './group-commit.mjs';
import { eventOf, rowsOf } from './signet-rows.mjs';
import { PARTS } from './sqlite.mjs';

const SELECT = `SELECT i."id", i."state", i."traits", i."version", ${Object.entries(PARTS)
  .map(([name, sql]) => `${sql.replaceAll('signet.', '')} AS "${name}"`)
  .join(', ')} FROM "Identity" i`;
const stored = (iso) => iso.replace('Z', '+00:00');

/** Adds what only the reference needs to a copy of Signet's database. */
export function prepareCopy(file, { credential, sessions, passkeys }) {
  const db = new Database(file);
  db.pragma('synchronous = OFF');
  db.exec(`CREATE TABLE reference_credential (clientId TEXT PRIMARY KEY, hash TEXT NOT NULL, scope TEXT NOT NULL);
    CREATE TABLE reference_session (hash TEXT PRIMARY KEY, id TEXT NOT NULL);
    CREATE TABLE reference_passkey (id TEXT PRIMARY KEY, identityId TEXT NOT NULL, publicJwk TEXT NOT NULL)`);
  const hash = (text) => createHash('sha256').update(text).digest('base64url');
  db.prepare('INSERT INTO reference_credential VALUES (?, ?, ?)').run(
    credential.clientId,
    hash(credential.secret),
    credential.scope,
  );
  const ids = db.prepare('SELECT "id" FROM "Session" WHERE "identityId" = ?').pluck();
  for (const { token, identityId } of sessions)
    db.prepare('INSERT INTO reference_session VALUES (?, ?)').run(hash(token), ids.get(identityId));
  for (const { id, identityId, publicJwk } of passkeys)
    db.prepare('INSERT INTO reference_passkey VALUES (?, ?, ?)').run(id, identityId, publicJwk);
  db.close();
}

export function openStore({ database, projectId }) {
  const db = new Database(database);
  for (const pragma of [
    'journal_mode = WAL',
    'synchronous = FULL',
    'cache_size = -64000',
    'temp_store = MEMORY',
    'foreign_keys = ON',
  ])
    db.pragma(pragma);
  const write = groupCommit(db, { isolated: true });
  const credential = db.prepare('SELECT hash, scope FROM reference_credential WHERE clientId = ?');
  const byId = db.prepare(`${SELECT} WHERE i."id" = ? AND i."projectId" = ?`);
  const after = db.prepare(`${SELECT} WHERE i."projectId" = ? AND i."id" > ? ORDER BY i."id" LIMIT ?`);
  const offset = db.prepare(`${SELECT} WHERE i."projectId" = ? ORDER BY i."id" LIMIT ? OFFSET ?`);
  const update = db.prepare(`UPDATE "Identity" SET "traits" = ?, "searchText" = ?, "sortName" = ?, "updatedAt" = ?,
    "version" = "version" + 1 WHERE "id" = ? AND "projectId" = ? AND "version" = ?`);
  const remove = db.prepare('DELETE FROM "Identity" WHERE "id" = ? AND "projectId" = ?');
  const blank = db.prepare(`UPDATE "AuditEvent" SET "details" = '{}' WHERE "identityId" = ?`);
  const forget = db.prepare('UPDATE "IdempotencyKey" SET "answer" = NULL WHERE "projectId" = ? AND "resourceId" = ?');
  const session =
    db.prepare(`SELECT replace(s."expiresAt", '+00:00', 'Z') AS "expiresAt", s."identityId", x."value" AS "email", i."traits"
    FROM reference_session r JOIN "Session" s ON s."id" = r.id JOIN "Identity" i ON i."id" = s."identityId"
    JOIN "Identifier" x ON x."identityId" = i."id" WHERE r.hash = ?`);
  const passkey = db.prepare('SELECT identityId, publicJwk FROM reference_passkey WHERE id = ?');
  const take = db.prepare('DELETE FROM "Challenge" WHERE "value" = ? AND "expiresAt" > ?');
  const used = db.prepare(`UPDATE "Passkey" SET "signCount" = ?, "lastUsedAt" = ? WHERE "credentialId" = ?`);
  const inserts = new Map();
  /** Inserts a row like the newest of its table, with these values. */
  const insert = (table, values) => {
    let known = inserts.get(table);
    if (!known) {
      const pattern = db.prepare(`SELECT * FROM "${table}" ORDER BY "id" DESC LIMIT 1`).get();
      const names = Object.keys(pattern);
      const sql = `INSERT INTO "${table}" (${names.map((name) => `"${name}"`)}) VALUES (${names.map((name) => `@${name}`)})`;
      known = { pattern, statement: db.prepare(sql) };
      inserts.set(table, known);
    }
    known.statement.run({ ...known.pattern, ...values });
  };
  const record = (event) => insert('AuditEvent', { ...event, createdAt: stored(event.createdAt) });
  return {
    findCredential: (clientId) => credential.get(clientId),
    find: (id) => byId.get(id, projectId),
    listAfter: (id, limit) => after.all(projectId, id, limit),
    listByOffset: (page, size) => offset.all(projectId, size, page * size),
    insert: (row) =>
      write(() => {
        for (const [table, values] of rowsOf(row, projectId, stored)) insert(table, values);
        record(eventOf('identity.created', row, projectId));
      }),
    update: (id, traits, now) =>
      write(() => {
        const row = byId.get(id, projectId);
        if (!row) return undefined;
        const { email, name } = JSON.parse(traits);
        const sortName = `${name.first} ${name.last}`.toLowerCase();
        const searchText = [email, name.first, name.last].join('\n').toLowerCase();
        if (update.run(traits, searchText, sortName, stored(now), id, projectId, row.version).changes === 0)
          return undefined;
        record(eventOf('identity.updated', { ...row, traits, updatedAt: now }, projectId));
        return { ...row, traits, updatedAt: now, version: row.version + 1 };
      }),
    remove: (id) =>
      write(() => {
        const row = byId.get(id, projectId);
        if (!row || remove.run(id, projectId).changes === 0) return false;
        blank.run(id);
        forget.run(projectId, id);
        record(eventOf('identity.deleted', { ...row, traits: '{}', updatedAt: new Date().toISOString() }, projectId));
        return true;
      }),
    findSession: (hash) => session.get(hash),
    findPasskey: (id) => passkey.get(id),
    signIn: ({ challenge, passkeyId, counter, session, now }) =>
      write(() => {
        if (take.run(challenge, stored(now)).changes === 0) return false;
        used.run(counter, stored(now), passkeyId);
        const times = {
          createdAt: stored(now),
          lastSeenAt: stored(now),
          authenticatedAt: stored(now),
          expiresAt: stored(session.expiresAt),
        };
        insert('Session', { id: randomUUID(), identityId: session.identityId, ...times });
        const row = { id: session.identityId, traits: '{}', updatedAt: now };
        record(eventOf('session.started', row, projectId));
        return true;
      }),
  };
}
