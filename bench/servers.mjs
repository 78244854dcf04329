// The servers that a run compares. Each is a target: { name, port, host, measure(), …what the client needs, stop() }.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildPaths } from '../scripts/build.mjs';
import { freePort } from '../scripts/lib/free-port.mjs';
import { pause } from '../scripts/lib/pause.mjs';
import { inRoot } from '../scripts/lib/root.mjs';
import { SECRET } from './databases/fixture.mjs';
import { Connection } from './http-connection.mjs';
import { HEADED, requestsOf } from './paths.mjs';
import { measureTree } from './process-tree.mjs';

const START_MILLIS = 60_000;

/** The built server on `databases.url`, of `processes` workers. */
export async function startSignet({ databases, prepared, port, origin, folder, processes, profileFolder }) {
  const env = {
    NODE_ENV: 'production',
    DATABASE_URL: databases.url,
    SIGNET_SECRET: SECRET,
    SIGNET_DATA_DIR: folder,
    SIGNET_ORIGIN: origin,
    PORT: String(port),
    LOG_LEVEL: 'info',
    SMTP_URL: '',
    MALLOC_TRIM_THRESHOLD_: '131072', // as `npm start` and the image set it
    ...(processes > 1 && { SIGNET_WORKERS: String(processes) }),
  };
  if (!existsSync(buildPaths(false).server)) throw new Error('There is no build: run npm run build');
  const flags = profileFolder ? ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`] : [];
  const server = startProcess([...flags, buildPaths(false).server], { env, folder, name: 'signet', databases });
  const addChallenges = (count) => databases.addChallenges(prepared, count);
  const target = {
    ...prepared,
    ...server,
    name: 'signet',
    port,
    host: new URL(origin).host,
    origin,
    signInPath: '/api/login/passkey/finish',
    addChallenges,
  };
  await untilReady(target, '/health/ready');
  target.token = await tokenFor(target);
  return target;
}

/** A reference on its copy of Signet's database. `full`: with headers, log line and rows as Signet has them. */
export async function startReference({ name, copy, databases, signet, folder, headers }) {
  const port = await freePort();
  const isFull = name === 'full';
  const store = pathToFileURL(inRoot(`bench/reference/${copy.store}.mjs`)).href;
  const { origin, projectId, people, passkeys, host, pageAfter: pageToken } = signet;
  const settings = { port, store, database: copy.database, isFull, headers, origin, projectId };
  const args = [inRoot('bench/reference/server.mjs'), JSON.stringify(settings)];
  const server = startProcess(args, { env: { NODE_ENV: 'production' }, folder, name, databases });
  const target = {
    ...{ ...server, name, port, host, origin, people, passkeys, pageToken },
    clientId: REFERENCE.clientId,
    clientSecret: REFERENCE.secret,
    sessionCookies: sessionsOf(signet).map(({ token }) => `session=${token}`),
    addChallenges: (count) => copy.addChallenges(signet, count),
  };
  await untilReady(target, '/.well-known/jwks.json');
  target.token = await tokenFor(target);
  return target;
}

export const REFERENCE = {
  clientId: 'reference',
  secret: 'secret-of-the-reference',
  scope: 'openid identities:read identities:write',
};
const sessionsOf = ({ passkeys }) =>
  passkeys.map(({ identityId }, at) => ({ token: `reference-session-${at}`, identityId }));

/** What a reference's database must contain. */
export const knownToReferences = (prepared) => ({
  credential: REFERENCE,
  sessions: sessionsOf(prepared),
  passkeys: prepared.passkeys,
});

/** Computed for each answer, or by Node. */
const OWN_HEADERS = new Set(
  'date connection keep-alive content-length content-type transfer-encoding etag location x-request-id set-cookie'.split(
    ' ',
  ),
);

/** Signet's own headers of each path, which the full reference repeats. */
export async function headersOf(target) {
  const connection = new Connection(target.port);
  const headers = {};
  for (const name of HEADED) {
    const { head } = await connection.send(requestsOf(name, target, { at: 0, created: [] }).next());
    const pairs = head
      .split('\r\n')
      .slice(1)
      .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]);
    headers[name] = Object.fromEntries(pairs.filter(([header]) => !OWN_HEADERS.has(header)));
  }
  connection.close();
  return headers;
}

export function startProcess(args, { env, folder, name, databases }) {
  const output = openSync(path.join(folder, `${name}.log`), 'a');
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', output, 'inherit'],
  });
  const exited = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    await exited;
  };
  const measure = () => {
    const own = measureTree(child.pid);
    return { ...own, millis: own.millis + (databases.measure?.().millis ?? 0) };
  };
  return { child, stop, measure };
}

export async function untilReady({ port, host, child }, path) {
  for (const end = Date.now() + START_MILLIS; Date.now() < end; await pause(100)) {
    if (child.exitCode !== null) throw new Error('A server exited during startup');
    const connection = new Connection(port);
    try {
      const { status } = await connection.send(`GET ${path} HTTP/1.1\r\nhost: ${host}\r\n\r\n`);
      if (status === 200) return;
    } catch {
      // It does not listen yet.
    } finally {
      connection.close();
    }
  }
  throw new Error('A server did not start');
}

async function tokenFor(target) {
  const connection = new Connection(target.port);
  const { body } = await connection.send(requestsOf('token', target).next());
  connection.close();
  return JSON.parse(body.toString()).access_token;
}
