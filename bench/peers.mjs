// Starts the peers of bench/peers, which are installed there at the first use.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { freePort } from '../scripts/lib/free-port.mjs';
import { inRoot } from '../scripts/lib/root.mjs';
import { runOrThrow } from '../scripts/lib/run.mjs';
import { PEERS } from './peers/requests.mjs';
import { REFERENCE, startProcess, untilReady } from './servers.mjs';

const READY = { 'oidc-provider': '/jwks', 'better-auth': '/api/auth/ok' };

export async function startPeers({ signet, identities, folder }) {
  const peers = [];
  await install();
  for (const name of Object.keys(PEERS)) peers.push(await startPeer(name, { signet, identities, folder }));
  return peers;
}

async function install() {
  const place = inRoot('bench/peers');
  if (existsSync(path.join(place, 'node_modules/.package-lock.json'))) return;
  console.error('Installing the peers …');
  await runOrThrow('npm', ['ci', '--prefix', place], { capture: true });
}

async function startPeer(name, { signet, identities, folder }) {
  const port = await freePort();
  const host = `localhost:${port}`;
  const { clientId, secret: clientSecret } = REFERENCE;
  const file = path.join(folder, `${name}.db`);
  const people = signet.people.length;
  const settings = { port, host, clientId, clientSecret, file, identities, people };
  const args = [inRoot(`bench/peers/${name}.mjs`), JSON.stringify(settings)];
  const server = startProcess(args, { env: { NODE_ENV: 'production' }, folder, name, databases: {} });
  const target = { ...server, name, peer: name, port, host, clientId, clientSecret };
  await untilReady(target, READY[name]);
  return { ...target, ...lastLine(path.join(folder, `${name}.log`)) };
}

/** What a peer reports once it listens. */
function lastLine(file) {
  const line = readFileSync(file, 'utf8').trimEnd().split('\n').at(-1);
  return line.startsWith('{') ? JSON.parse(line) : {};
}
