import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { TrustedProxies } from '@/lib/server/client-address';
import { sqliteFile } from './db/sqlite-file.mjs';
import { env, readEnv, resetEnv, resolvePort, SettingsError } from './env';

const SIGNET_SECRET = 'b2Yxk3Q9m7Vd0WzT5uJr8HnLc4PgSa6E';

describe('PORT=0', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    resetEnv();
  });

  test.each([
    ['', 'http://localhost:45678'],
    ['https://id.example.com', 'https://id.example.com'],
  ])('is replaced by the port found; the origin follows unless it is set: %j', (SIGNET_ORIGIN, origin) => {
    vi.stubEnv('PORT', '0');
    vi.stubEnv('SIGNET_ORIGIN', SIGNET_ORIGIN);
    resetEnv();
    expect(env().port).toBe(0);
    expect(resolvePort(45_678)).toMatchObject({ port: 45_678, origin });
    expect(env()).toMatchObject({ port: 45_678, origin });
  });
});

describe('the listen addresses', () => {
  test.each([
    ['', '', ['127.0.0.1', '::1']],
    ['', 'http://localhost:4000', ['127.0.0.1', '::1']],
    ['', 'http://id.localhost', ['127.0.0.1', '::1']],
    ['', 'https://127.0.0.1', ['127.0.0.1', '::1']],
    ['', 'https://[::1]', ['127.0.0.1', '::1']],
    ['', 'https://id.example.com', []],
    ['', 'https://localhost.example.com', []],
    ['0.0.0.0', 'http://localhost:4000', ['0.0.0.0']],
    ['127.0.0.1', 'https://id.example.com', ['127.0.0.1']],
  ])('HOST=%s SIGNET_ORIGIN=%s: %j', (HOST, SIGNET_ORIGIN, hosts) => {
    expect(readEnv({ SIGNET_SECRET, HOST, SIGNET_ORIGIN }).listenHosts).toEqual(hosts);
  });
});

describe('SIGNET_SECURITY_CONTACT', () => {
  const read = (SIGNET_SECURITY_CONTACT: string) => readEnv({ SIGNET_SECRET, SIGNET_SECURITY_CONTACT }).securityContact;

  test.each(['mailto:security@example.com', 'https://example.com/report?to=us'])('%s', (contact) => {
    expect(read(contact)).toBe(contact);
  });

  test.each([
    'security@example.com',
    'http://example.com/report',
    'javascript:alert(1)',
    'mailto:',
    'https://',
    'mailto:a@example.com\nPolicy: https://evil.example',
    'https://example.com/a b',
  ])('refuses %j', (contact) => {
    expect(() => read(contact)).toThrow(SettingsError);
  });
});

describe('readEnv', () => {
  test('requires only a secret', () => {
    expect(readEnv({ SIGNET_SECRET })).toMatchObject({
      port: 3000,
      origin: 'http://localhost:3000',
      trustedProxies: [],
    });
  });

  test('derives the origin from the port, and the database from the data directory', () => {
    const env = readEnv({ SIGNET_SECRET, PORT: '4000', SIGNET_DATA_DIR: '/srv/signet' });
    expect(env.origin).toBe('http://localhost:4000');
    expect(env.databaseUrl).toBe('file:/srv/signet/signet.db');
  });

  test.each(['/srv/100%', '/srv/what?', '/srv/a#b', '/srv/a%20b', '/srv/my düsen'])(
    'accepts any name of a data directory: %s',
    (dir) => {
      const { databaseUrl } = readEnv({ SIGNET_SECRET, SIGNET_DATA_DIR: dir });
      expect(sqliteFile(databaseUrl)).toBe(`${dir}/signet.db`);
    },
  );

  test.each([
    ['postgresql://user:p#ss@host/name', false],
    ['postgresql://user:p%23ss@host/name', true],
    ['postgres://user:pass@host:99999/name', false],
    ['postgresql://user@/name?host=/run/postgresql', true],
    ['postgresql:///name', true],
  ])('reports an unreadable database URL without its password: %s', (url, isRight) => {
    const read = () => readEnv({ SIGNET_SECRET, DATABASE_URL: url });
    if (isRight) expect(read().databaseUrl).toBe(url);
    else expect(read).toThrow(/DATABASE_URL cannot be used: it is not a URL(?!.*p#ss)/);
  });

  test.each(['file:', 'file:data/', 'file::memory:', 'file:x.db?mode=memory', 'file://data/x.db', 'file:100%.db'])(
    'names one database file: %s',
    (url) => {
      expect(() => readEnv({ SIGNET_SECRET, DATABASE_URL: url })).toThrow(/DATABASE_URL/);
    },
  );

  test('treats an empty setting as absent', () => {
    expect(readEnv({ SIGNET_SECRET, PORT: '', SMTP_URL: '', DATABASE_URL: '' })).toMatchObject({
      port: 3000,
      smtpUrl: undefined,
    });
  });

  test('reports all faults together', () => {
    const faults = {
      PORT: '99999',
      SIGNET_ORIGIN: 'http://id.example.com',
      SMTP_URL: 'mail',
      DATABASE_URL: 'mysql://x',
      TRUSTED_PROXIES: 'proxy',
    };
    try {
      readEnv(faults);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(SettingsError);
      const names = (error as SettingsError).faults.map((fault) => fault.split(' ', 1)[0]);
      expect(new Set(names)).toEqual(new Set([...Object.keys(faults), 'SIGNET_SECRET']));
    }
  });

  test.each([
    '',
    'short',
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    'k3Q9m7Vdk3Q9m7Vdk3Q9m7Vdk3Q9m7Vd',
    'change-me-change-me-change-me-please',
    'your-secret-goes-here-0f1e2d3c4b5a6978',
    'ExampleSecret-b2Yxk3Q9m7Vd0WzT5uJr8HnL',
    'abcdefghijklmnop1234567890qrstuvwxyz',
    'supersecretsupersecretofthisverysite',
  ])('CVE-2026-33505: refuses a weak or well-known secret: %j', (secret) => {
    expect(() => readEnv({ SIGNET_SECRET: secret })).toThrow(/SIGNET_SECRET/);
  });

  test('CVE-2026-33505: requires a secret, and accepts every generated one', () => {
    expect(() => readEnv({})).toThrow(/SIGNET_SECRET/);
    for (let drawn = 0; drawn < 200; drawn++) {
      const secret = randomBytes(32).toString(drawn % 2 ? 'base64' : 'hex');
      expect(readEnv({ SIGNET_SECRET: secret }).secret).toBe(secret);
    }
  });

  test.each([
    'https://id.example.com/',
    'https://id.example.com/path',
    'ftp://x',
    'id.example.com',
    'http://192.168.1.2',
  ])('requires an exact and secure origin: %s', (origin) => {
    const isRoot = origin === 'https://id.example.com/';
    if (isRoot) expect(readEnv({ SIGNET_SECRET, SIGNET_ORIGIN: origin }).origin).toBe('https://id.example.com');
    else expect(() => readEnv({ SIGNET_SECRET, SIGNET_ORIGIN: origin })).toThrow(/SIGNET_ORIGIN/);
  });

  test.each([
    ['127.0.0.1', ['127.0.0.1']],
    [' 10.0.0.0/8 ,, ::1 ', ['10.0.0.0/8', '::1']],
    ['0.0.0.0/0,::/0', ['0.0.0.0/0', '::/0']],
    ['192.0.2.1/32,2001:db8::/32,fd00::1/128,::ffff:10.0.0.1', undefined],
  ])('accepts addresses and ranges as trusted proxies: %s', (value, entries) => {
    const { trustedProxies } = readEnv({ SIGNET_SECRET, TRUSTED_PROXIES: value });
    expect(trustedProxies).toEqual(entries ?? value.split(','));
    for (const entry of trustedProxies) expect(new TrustedProxies([entry]).has(entry.split('/')[0] ?? '')).toBe(true);
  });

  test.each([
    '256.0.0.1',
    '10.0.0',
    '010.0.0.1',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '10.0.0.0/8.0',
    ':::',
    'fd00::/129',
    'fe80::1%eth0',
    'cafe',
    'localhost',
  ])('names an invalid trusted proxy along with the other faults: %s', (entry) => {
    const read = () => readEnv({ SIGNET_SECRET, PORT: 'x', TRUSTED_PROXIES: `127.0.0.1, ${entry}` });
    expect(read).toThrow(SettingsError);
    expect(read).toThrow(`"${entry}"`);
    expect(read).toThrow(/PORT/);
  });

  test.each([
    'smtp://mail.example.com?tls=maybe',
    'smtp://mail.example.com?tls=',
    'smtp://mail.example.com?tls=none&tls=required',
    'smtps://mail.example.com?tls=none',
    'smtps://mail.example.com?tls=opportunistic',
  ])('requires a known TLS mode: %s', (url) => {
    expect(() => readEnv({ SIGNET_SECRET, SMTP_URL: url })).toThrow(/SMTP_URL allows only \?tls=required/);
  });

  test.each(['smtp://', 'smtp:///x', 'smtps://user:pass/word@host:25', 'http://mail.example.com', 'mail'])(
    'requires a mail server URL with a host: %s',
    (url) => {
      expect(() => readEnv({ SIGNET_SECRET, SMTP_URL: url })).toThrow(/SMTP_URL/);
    },
  );
});
