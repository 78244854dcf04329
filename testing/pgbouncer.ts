import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { freePort } from '@/scripts/lib/free-port.mjs';
import { eventually } from './eventually';

const PROGRAM = '/usr/sbin/pgbouncer';

/** From Debian's package `pgbouncer`; without it, only the equally strict `testing/pooler.ts` is tested. */
export const hasPgBouncer = existsSync(PROGRAM);

/** A real PgBouncer in transaction mode with two server connections, in its default configuration otherwise. */
export async function startPgBouncer(serverUrl: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const target = new URL(serverUrl);
  const port = await freePort();
  const dir = mkdtempSync(path.join(os.tmpdir(), 'signet-pgbouncer-'));
  const file = path.join(dir, 'pgbouncer.ini');
  const settings = [
    '[databases]',
    `* = host=${target.hostname} port=${target.port} user=${target.username}`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${port}`,
    'unix_socket_dir =',
    'auth_type = any',
    'pool_mode = transaction',
    'default_pool_size = 2',
    'server_round_robin = 1', // consecutive transactions run on different connections
  ];
  writeFileSync(file, `${settings.join('\n')}\n`);
  chmodSync(dir, 0o755);
  const isRoot = process.getuid?.() === 0; // PgBouncer refuses to run as root
  const owner = isRoot ? { uid: idOfNobody('-u'), gid: idOfNobody('-g') } : {};
  if (owner.uid !== undefined) chownSync(dir, owner.uid, owner.gid);
  const server = spawn(PROGRAM, ['-q', file], { ...owner, cwd: dir, stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => server.once('close', () => resolve()));
  const stop = async () => {
    server.kill('SIGTERM'); // at once
    await ended;
    rmSync(dir, { recursive: true, force: true });
  };
  await eventually(() => accepts(port));
  return { url: Object.assign(new URL(serverUrl), { port }).href, stop };
}

function idOfNobody(flag: string): number {
  return Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
}

function accepts(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
  });
}
