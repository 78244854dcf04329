// The servers that a run compares. Each is a target: { name, pid, port, host, …what the client needs, stop() }.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildPaths } from '../scripts/build.mjs';
import { freePort } from '../scripts/lib/free-port.mjs';
import { pause } from '../scripts/lib/pause.mjs';
import { inRoot } from '../scripts/lib/root.mjs';
import { runFixture, SECRET } from './databases.mjs';
import { Connection } from './http-connection.mjs';
import { HEADED, requestsOf } from './paths.mjs';

const START_MILLIS = 60_000;

/** The built server. `file`: its SQLite database, seeded with `identities`. */
export async function startSignet({ file, folder, identities, profileFolder }) {
  const port = await freePort();
  const url = `file:${file}`;
  const origin = `http://localhost:${port}`;
  const prepared = JSON.parse(
    lastLine(await runFixture(url, ['prepare', String(identities)], { SIGNET_ORIGIN: origin })),
  );
  const env = {
    NODE_ENV: 'production',
    DATABASE_URL: url,
    SIGNET_SECRET: SECRET,
    SIGNET_DATA_DIR: folder,
    SIGNET_ORIGIN: origin,
    PORT: String(port),
    LOG_LEVEL: 'info',
    SMTP_URL: '',
  };
  const flags = profileFolder ? ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`] : [];
  const { child, stop } = startProcess([...flags, buildPaths(false).server], { env, folder, name: 'signet' });
  const host = `localhost:${port}`;
  const target = { name: 'signet', pid: child.pid, port, host, origin, ...prepared, stop };
  await untilReady(target, '/health/ready', child);
  target.token = await tokenFor(target);
  return target;
}

/** A reference on `file`, made from Signet's database. `isFull`: with headers, log line and rows as Signet has them. */
export async function startReference({ file, folder, signet, isFull, headers = {} }) {
  const port = await freePort();
  const store = pathToFileURL(inRoot(`bench/reference/${isFull ? 'sqlite-full' : 'sqlite'}.mjs`)).href;
  const settings = { port, store, database: file, isFull, headers, origin: signet.origin, projectId: signet.projectId };
  const name = isFull ? 'full' : 'bare';
  const args = [inRoot('bench/reference/server.mjs'), JSON.stringify(settings)];
  const { child, stop } = startProcess(args, { env: { NODE_ENV: 'production' }, folder, name });
  const { people, pageAfter, passkeys, usersPath } = signet;
  const own = { clientId: REFERENCE.clientId, clientSecret: REFERENCE.secret, pageToken: pageAfter };
  const sessionCookies = sessionsOf(signet).map(({ token }) => `session=${token}`);
  const target = {
    name,
    pid: child.pid,
    port,
    host: signet.host,
    origin: signet.origin,
    people,
    passkeys,
    usersPath,
    ...own,
    sessionCookies,
    stop,
  };
  await untilReady(target, '/.well-known/jwks.json', child);
  target.token = await tokenFor(target);
  return target;
}

export const REFERENCE = {
  clientId: 'reference',
  secret: 'secret-of-the-reference',
  scope: 'openid identities:read identities:write',
};
export const sessionsOf = ({ passkeys }) =>
  passkeys.map(({ identityId }, at) => ({ token: `reference-session-${at}`, identityId }));

/** Signet's own headers of each path, which the full reference repeats. */
export async function headersOf(target) {
  const headers = {};
  const connection = new Connection(target.port);
  for (const path of HEADED) {
    const { next } = requestsOf(path, target, { at: 0, created: [] });
    const { head } = await connection.send(next());
    const lines = head
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(/: */s, 2));
    headers[path] = Object.fromEntries(
      lines.map(([name, ...value]) => [name.toLowerCase(), value.join(': ')]).filter(([name]) => !OWN.has(name)),
    );
  }
  connection.close();
  return headers;
}
/** Computed for each answer, or by Node. */
const OWN = new Set(
  'date connection keep-alive content-length content-type transfer-encoding etag location x-request-id set-cookie'.split(
    ' ',
  ),
);

function startProcess(args, { env, folder, name }) {
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
  return { child, stop };
}

async function untilReady({ port, host }, path, child) {
  for (const end = Date.now() + START_MILLIS; Date.now() < end; await pause(100)) {
    if (child.exitCode !== null) throw new Error('a server ended at its start');
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
  throw new Error('a server did not start');
}

async function tokenFor(target) {
  const connection = new Connection(target.port);
  const { body } = await connection.send(requestsOf('token', target).next());
  connection.close();
  return JSON.parse(body.toString()).access_token;
}

const lastLine = (output) => output.trimEnd().split('\n').at(-1);
