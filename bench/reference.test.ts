import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toIdentityResponse } from '@/lib/identity/contract';
import { listAfter } from '@/lib/identity/service';
import { closeDb, databaseKind } from '@/lib/platform/db/client';
import { sqliteFile } from '@/lib/platform/db/sqlite-file.mjs';
import { env } from '@/lib/platform/env';
import { temporaryFolder } from '@/testing/database';
import { withCopies as postgresqlCopies } from './databases/postgresql.mjs';
import { withCopies as sqliteCopies } from './databases/sqlite.mjs';
import { Connection } from './http-connection.mjs';
import { PATHS, requestsOf } from './paths.mjs';
import { prepare } from './prepare';
import { PROJECT, seed, seededIdentity } from './seed';
import { knownToReferences, startReference } from './servers.mjs';

const IDENTITIES = 100;
const REQUESTS = 20;
const SHARED = Object.keys(PATHS).filter((path) => !('millis' in PATHS[path as keyof typeof PATHS]));
const folder = temporaryFolder();
type Target = Awaited<ReturnType<typeof startReference>>;
const targets = new Map<string, Target>();
const SEEDED = Array.from({ length: IDENTITIES }, (_, at) => seededIdentity(at + 1));
let listed = '';

beforeAll(async () => {
  const { databaseUrl, origin } = env();
  await seed(databaseUrl, IDENTITIES, 10);
  const signet = { ...(await prepare(IDENTITIES, 3)), origin, host: new URL(origin).host };
  const page = await listAfter(PROJECT, {}, null, IDENTITIES);
  expect(page.map(({ id, identifiers: [email] }) => ({ id, email }))).toEqual(SEEDED);
  listed = JSON.stringify(page.map((identity) => toIdentityResponse(identity, origin)));
  await closeDb(); // PostgreSQL copies a database only while nothing is connected to it
  const databases = copiesOf(databaseUrl);
  for (const name of ['bare', 'full']) {
    const copy = await databases.copyFor(name, knownToReferences(signet));
    const options = { name, copy, databases, signet, folder: folder.dir, headers: {} };
    targets.set(name, await startReference(options));
  }
}, 60_000);

afterAll(async () => {
  for (const { stop } of targets.values()) await stop();
});

function copiesOf(url: string) {
  if (databaseKind(url) === 'sqlite') return sqliteCopies(sqliteFile(url), folder.dir);
  const urlOf = (database: string) => Object.assign(new URL(url), { pathname: `/${database}` }).href;
  return postgresqlCopies(urlOf, new URL(url).pathname.slice(1));
}

test.each(['bare', 'full'])('the %s reference lists the bytes that Signet lists', async (name) => {
  const target = targets.get(name);
  if (!target) throw new Error('it does not run');
  // First: the paths below change what is listed.
  const connection = new Connection(target.port);
  const { body } = await connection.send(requestsOf('list', target, { at: 0, created: [], challenges: [] }).next());
  connection.close();
  expect(body.toString()).toBe(listed);
});

describe.each(['bare', 'full'])('the %s reference', (name) => {
  test.each(SHARED)('serves the path %s', async (path) => {
    const target = targets.get(name);
    if (!target) throw new Error('it does not run');
    const connection = new Connection(target.port);
    const state = { at: 0, created: [], challenges: await target.addChallenges(REQUESTS) };
    if (path === 'delete') await sendAll(connection, 'create', target, state);
    expect(await sendAll(connection, path, target, state)).toEqual([]);
    connection.close();
  });
});

/** The statuses that are not those of success. */
async function sendAll(connection: Connection, path: string, target: Target, state: object): Promise<number[]> {
  const { next, expect: wanted, onAnswer } = requestsOf(path, target, state);
  const failed: number[] = [];
  for (let count = 0; count < REQUESTS; count++) {
    const answer = await connection.send(next());
    if (answer.status === wanted) onAnswer?.(answer);
    else failed.push(answer.status);
  }
  return failed;
}
