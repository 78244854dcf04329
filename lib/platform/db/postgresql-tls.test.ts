import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { startPostgres } from '@/scripts/lib/postgres.mjs';
import { temporaryFolder } from '@/testing/database';
import { ConnectionError, explorePostgresql } from './postgresql-connection';

const folder = temporaryFolder();
const cert = path.join(folder.dir, 'server.crt');

/**
 * `sslmode` as docs/operating.md explains it, with a server whose certificate is self-signed and valid only for
 * `localhost`.
 */
describe.runIf(inject('databaseTemplate').kind === 'postgresql' && makeCertificate())('TLS to PostgreSQL', () => {
  let server: Awaited<ReturnType<typeof startPostgres>>;
  const connect = async (host: string, query: string) => {
    const url = new URL(`${server.url()}?${query}`);
    url.hostname = host;
    const { config } = await explorePostgresql(url.href);
    const client = new pg.Client(config);
    await client.connect();
    const { rows } = await client.query('SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()');
    await client.end();
    return rows[0].ssl;
  };

  beforeAll(async () => {
    const key = readFileSync(path.join(folder.dir, 'server.key'), 'utf8');
    server = await startPostgres({ tls: { key, cert: readFileSync(cert, 'utf8') } });
  });
  afterAll(async () => {
    await server.stop();
    folder.remove();
  });

  test.each([
    ['sslmode=disable', false],
    ['', false],
    ['sslmode=no-verify', true],
    ['uselibpqcompat=true&sslmode=prefer', true],
    ['uselibpqcompat=true&sslmode=require', true],
  ])('nothing is verified with %j', async (query, isEncrypted) => {
    expect(await connect('127.0.0.1', query)).toBe(isEncrypted);
  });

  test.each(['allow', 'prefer', 'require', 'verify-ca', 'verify-full'])(
    'certificate and host name are verified with sslmode=%s, without a warning',
    async (mode) => {
      const warned = vi.spyOn(process, 'emitWarning');
      const query = `sslmode=${mode}&sslrootcert=${cert}`;
      expect(await connect('localhost', query)).toBe(true);
      await expect(connect('127.0.0.1', query)).rejects.toThrow(
        /127\.0\.0\.1:\d+\/postgres cannot be used: .*altnames/,
      );
      await expect(connect('localhost', `sslmode=${mode}`)).rejects.toThrow(ConnectionError);
      await expect(connect('localhost', `sslmode=${mode}&sslrootcert=system`)).rejects.toThrow(/self-signed/);
      expect(warned).not.toHaveBeenCalled();
    },
  );

  test("libpq's verify-ca ignores the host name", async () => {
    expect(await connect('127.0.0.1', `uselibpqcompat=true&sslmode=verify-ca&sslrootcert=${cert}`)).toBe(true);
  });

  test('sslrootcert=system alone implies full verification', async () => {
    await expect(connect('localhost', 'sslrootcert=system')).rejects.toThrow(/self-signed/);
  });

  test('a missing certificate file is named', async () => {
    await expect(connect('localhost', 'sslrootcert=/nowhere.pem')).rejects.toThrow(/sslrootcert=\/nowhere\.pem/);
  });
});

/** False where openssl is missing. */
function makeCertificate(): boolean {
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const files = ['-keyout', path.join(folder.dir, 'server.key'), '-out', cert];
  const kind = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2'];
  try {
    execFileSync('openssl', ['req', ...kind, ...names, ...files], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
