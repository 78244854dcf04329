// Starts the image's contents as its user and with its commands, and tries what a deployment relies on.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './free-port.mjs';

const READY_TIMEOUT_MILLIS = 60_000;

/**
 * @param {{ name: string, app: string, uid: number, gid: number, env: Record<string, string>, command: string[],
 *   healthCheck: string[], stopSignal: NodeJS.Signals, writable: string, databaseUrl?: string }} image
 */
export async function tryImage(image) {
  console.log(`\n== on ${image.name}`);
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  // By file, as compose.yaml supplies it.
  const secretFile = path.join(image.app, `../secret-${port}`);
  writeFileSync(secretFile, `${randomBytes(32).toString('base64')}\n`, { mode: 0o444 });
  const env = {
    PATH: process.env.PATH,
    ...image.env,
    HOST: '127.0.0.1', // for this machine alone
    PORT: String(port),
    SIGNET_SECRET_FILE: secretFile,
    ...(image.databaseUrl && { DATABASE_URL: image.databaseUrl }),
  };
  const as = { cwd: image.app, uid: image.uid, gid: image.gid, env };
  const before = filesOutside(image);
  const server = start(image.command, as);
  try {
    const started = Date.now();
    while ((await run(image.healthCheck, as)).code !== 0) {
      assert.equal(server.process.exitCode, null, `the server ended:\n${server.output()}`);
      assert.ok(Date.now() - started < READY_TIMEOUT_MILLIS, `the health check does not pass:\n${server.output()}`);
      await pause(200);
    }
    said('health check passes', `after ${Date.now() - started} ms`);
    const link = /Set up: (\S+)/.exec(server.output())?.[1] ?? '';
    assert.equal((await fetch(link)).status, 200, `setup link ${link}`);
    said('setup link opens', new URL(link).pathname);
    await tryPages(origin);
    await tryApi(origin, as);
    assert.deepEqual(filesOutside(image), before, 'files changed outside of the volume');
    said('nothing was written outside of the volume', '');
    server.process.kill(image.stopSignal);
    assert.equal(await server.ended, 0, `exit code after ${image.stopSignal}:\n${server.output()}`);
    said(`${image.stopSignal} ends it`, 'exit code 0');
  } finally {
    server.process.kill('SIGKILL');
    rmSync(secretFile, { force: true });
    for (const name of readdirSync(image.writable)) rmSync(path.join(image.writable, name), { recursive: true });
  }
}

async function tryPages(origin) {
  for (const page of ['/login', '/docs']) {
    const answer = await fetch(origin + page);
    assert.equal(answer.status, 200, page);
    const [, stylesheet] = /href="([^"]+\.css)"/.exec(await answer.text()) ?? [];
    assert.equal((await fetch(new URL(stylesheet, origin))).status, 200, `the style sheet of ${page}`);
  }
  said('pages and their styles load', '');
}

/** A credential created by the command line obtains a token, and the token reads identities. */
async function tryApi(origin, as) {
  const args = ['build/cli.mjs', 'api-credential', 'create', '--name', 'Image', '--json'];
  const created = await run(['node', ...args], as);
  assert.equal(created.code, 0, created.output);
  const { client_id, client_secret } = JSON.parse(created.output);
  said('command line makes an API credential', client_id);
  const answer = await fetch(`${origin}/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${client_id}:${client_secret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const { access_token } = await answer.json();
  const identities = await fetch(`${origin}/admin/identities`, {
    headers: { authorization: `Bearer ${access_token}` },
  });
  assert.equal(identities.status, 200, await identities.clone().text());
  said('GET /admin/identities', `200 ${await identities.text()}`);
}

const said = (what, detail) => console.log(`ok  ${what}${detail ? `: ${detail}` : ''}`);

function start([program, ...args], options) {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk) => {
      output += chunk;
    });
  return { process: child, output: () => output, ended: new Promise((resolve) => child.once('close', resolve)) };
}

async function run(command, options) {
  const started = start(command, options);
  return { code: await started.ended, output: started.output() };
}

/** Each file outside the volume, with its modification time. */
function filesOutside({ app, writable }) {
  return readdirSync(app, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile() && !path.join(entry.parentPath, entry.name).startsWith(`${writable}${path.sep}`))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
    .map((file) => `${file} ${statSync(file).mtimeMs}`);
}
