import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { startPostgres } from '@/scripts/lib/postgres.mjs';
import { expect } from './fixtures';
import { type Installation, test } from './installation';

/** Several processes on one machine: SIGNET_WORKERS. */
const POSTGRES_WORKERS = { SIGNET_WORKERS: '2' };

/** On a new connection, so that workers take turns; the status, or the error's code. */
function get({ port }: Installation, path: string): Promise<{ status: number | string; body: string }> {
  return new Promise((resolve) => {
    const outgoing = request({ port, host: '127.0.0.1', path, agent: false, headers: { host: `localhost:${port}` } });
    const fail = (error: NodeJS.ErrnoException) => resolve({ status: error.code ?? '', body: '' });
    outgoing.on('error', fail).on('response', (incoming) => {
      let body = '';
      incoming.on('data', (chunk) => {
        body += chunk;
      });
      incoming.on('error', fail);
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, body }));
    });
    outgoing.end();
  });
}

/** The process IDs of the workers. */
function workersOf(installation: Installation): number[] {
  const pid = installation.pid();
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return children.trim().split(' ').map(Number);
}

async function countServed(installation: Installation): Promise<number> {
  const { body } = await get(installation, '/metrics');
  const [, count = '0'] = /^signet_http_request_duration_seconds_count\{.*jwks.*\} (\d+)$/m.exec(body) ?? [];
  return Number(count);
}

test.describe('several workers', () => {
  test('share the port, replace one that is killed, and stop without losing a request', async ({ installation }) => {
    test.slow();
    const postgres = await startPostgres();
    try {
      const printed = await installation.start(postgres.url(), POSTGRES_WORKERS);
      expect(printed.match(/"message":"listening"/g)).toHaveLength(1);
      const load = async (count: number) => {
        const answers = Array.from({ length: count }, () => get(installation, '/.well-known/jwks.json'));
        return (await Promise.all(answers)).filter(({ status }) => status !== 200);
      };
      expect(await load(40)).toEqual([]);
      expect(await countServed(installation)).toBe(40);

      const before = workersOf(installation);
      expect(before).toHaveLength(2);
      const [victim = 0] = before;
      process.kill(victim, 'SIGKILL');
      await expect.poll(() => workersOf(installation).filter((pid) => pid !== victim).length).toBe(2);
      expect(installation.printed()).toMatch(/"message":"worker exited".*"signal":"SIGKILL"/);
      expect(await load(20)).toEqual([]);
      expect(await countServed(installation)).toBe(60);

      let isStopped = false;
      const failed: Array<number | string> = [];
      const visit = async () => {
        while (!isStopped) {
          const { status } = await get(installation, '/.well-known/jwks.json');
          if (status === 'ECONNREFUSED') return;
          if (status !== 200) failed.push(status);
        }
      };
      const visitors = Array.from({ length: 4 }, visit);
      const code = await installation.stop();
      isStopped = true;
      await Promise.all(visitors);
      expect(code).toBe(0);
      expect(failed).toEqual([]);
    } finally {
      await installation.stop();
      await postgres.stop();
    }
  });

  test('are refused on SQLite', async ({ installation }) => {
    const start = installation.start(undefined, POSTGRES_WORKERS);
    await expect(start).rejects.toThrow(/SIGNET_WORKERS: several workers require PostgreSQL/);
  });
});
