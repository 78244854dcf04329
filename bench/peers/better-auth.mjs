// Peer: better-auth with its admin plugin on SQLite, filled with as many users as Signet has identities. Arguments: JSON.
// Prints { cookie, people } for the client once it listens.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { toNodeHandler } from 'better-auth/node';
import { admin } from 'better-auth/plugins';
import Database from '../databases/driver.mjs';

const { port, host, file, identities, people } = JSON.parse(process.argv[2]);
const database = new Database(file);
database.pragma('journal_mode = WAL');
database.pragma('synchronous = FULL'); // as Signet
const auth = betterAuth({
  baseURL: `http://${host}`,
  secret: randomUUID() + randomUUID(),
  database,
  emailAndPassword: { enabled: true },
  plugins: [admin()],
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  logger: { disabled: true },
});
const { runMigrations } = await getMigrations(auth.options);
await runMigrations();
seed();
const cookie = await signIn();
createServer(toNodeHandler(auth)).listen(port, () => console.log(JSON.stringify({ cookie, people: firstPeople() })));

function seed() {
  const insert =
    database.prepare(`INSERT INTO user ("id", "name", "email", "emailVerified", "createdAt", "updatedAt", "role")
    VALUES (?, 'Ada Lovelace', ?, 0, ?, ?, 'user')`);
  const insertAll = database.transaction(() => {
    for (let at = 1; at <= identities; at++) {
      const time = new Date(Date.now() - at * 1000).toISOString();
      insert.run(randomUUID(), `person-${at}@example.com`, time, time);
    }
  });
  insertAll();
}

async function signIn() {
  const body = { email: 'operator@example.com', password: randomUUID(), name: 'Operator' };
  await auth.api.signUpEmail({ body });
  database.prepare(`UPDATE user SET "role" = 'admin' WHERE "email" = ?`).run(body.email);
  const { headers } = await auth.api.signInEmail({ body, asResponse: true });
  return headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
}

function firstPeople() {
  return database.prepare(`SELECT "id", "email" FROM user WHERE "role" = 'user' LIMIT ?`).all(people);
}
