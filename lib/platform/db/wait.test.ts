import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import pg from 'pg';
import { describe, expect, inject, test } from 'vitest';
import { startPooler } from '@/testing/pooler';
import { env } from '../env';
import { sqliteFile } from './sqlite-file.mjs';
import { waitForDatabase } from './wait';

const isPostgresql = inject('databaseTemplate').kind === 'postgresql';

describe.runIf(!isPostgresql)('an SQLite file', () => {
  const place = path.join(env().dataDir, 'place');
  const wait = (file: string) => waitForDatabase(`file:${file}`, () => expect.unreachable());

  test('is accepted when it exists or can be created', async () => {
    await wait(path.join(place, 'new/signet.db'));
    await wait(sqliteFile(env().databaseUrl));
  });

  test('that cannot be opened is named', async () => {
    mkdirSync(path.join(place, 'folder.db'), { recursive: true });
    writeFileSync(path.join(place, 'file'), '');
    await expect(wait(path.join(place, 'folder.db'))).rejects.toThrow(`${place}/folder.db is not a file`);
    await expect(wait(path.join(place, 'file/signet.db'))).rejects.toThrow(`${place}/file/signet.db`);
  });
});

describe.runIf(isPostgresql)('a start', () => {
  const at = (change: (url: URL) => void) => {
    const url = new URL(env().databaseUrl);
    change(url);
    return url.href;
  };
  const freePort = () =>
    new Promise<number>((resolve) => {
      const probe = createServer().listen(0, '127.0.0.1', () => {
        const address = probe.address();
        probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
      });
    });

  test('waits for a server that comes up later, and names it', async () => {
    const port = await freePort();
    const reasons: string[] = [];
    let pooler: ReturnType<typeof startPooler> | undefined;
    await waitForDatabase(
      at((url) => {
        url.port = String(port);
      }),
      (reason) => {
        reasons.push(reason);
        pooler ??= startPooler(env().databaseUrl, port);
      },
    );
    await (await pooler)?.stop();
    expect(reasons).toHaveLength(1);
    expect(reasons[0]).toContain(`PostgreSQL at 127.0.0.1:${port}/`);
    expect(reasons[0]).toContain('ECONNREFUSED');
  });

  test('waits for a server without free connections', async () => {
    const elsewhere = new pg.Client({ connectionString: env().databaseUrl });
    await elsewhere.connect();
    const role = `late_${crypto.randomUUID().replaceAll('-', '')}`;
    await elsewhere.query(`CREATE ROLE ${role} LOGIN CONNECTION LIMIT 0`);
    const url = at((changed) => {
      changed.username = role;
    });
    let freed: Promise<unknown> | undefined;
    await waitForDatabase(url, () => {
      freed ??= elsewhere.query(`ALTER ROLE ${role} CONNECTION LIMIT 5`);
    });
    await freed;
    await elsewhere.query(`DROP ROLE ${role}`);
    await elsewhere.end();
  });

  test('gives up after its patience, naming host, port and database', async () => {
    const url = at((changed) => (changed.port = '1'));
    await expect(waitForDatabase(url, () => {}, 0)).rejects.toThrow(
      /^PostgreSQL at 127\.0\.0\.1:1\/\w+ cannot be used/,
    );
  });

  test.each([
    ['a database that does not exist', (url: URL) => (url.pathname = '/nowhere')],
    ['an unknown role', (url: URL) => (url.username = 'nobody')],
    ['TLS that is not offered', (url: URL) => url.searchParams.set('sslmode', 'require')],
  ])('does not wait for %s', async (_, change) => {
    const waiting = waitForDatabase(at(change), () => expect.unreachable('waits'));
    await expect(waiting).rejects.toThrow(/cannot be used/);
  });
});
