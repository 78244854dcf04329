import { decode, encode } from 'next-auth/jwt';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { resetEnv } from './env';
import { cookieSecret, createCsrfPair, decryptToken, encryptToken, isCsrfPair } from './next-auth-token';

const PROJECT = '0192f0c4-0000-7000-8000-000000000001';
const OTHER = '0192f0c4-0000-7000-8000-000000000002';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  resetEnv();
});

describe('a token', () => {
  test('is read by next-auth, and next-auth’s is read here', async () => {
    const key = { secret: cookieSecret(), salt: PROJECT };
    const ours = await decode({ token: encryptToken(PROJECT, { sid: 'a' }, 60), ...key });
    expect(ours).toEqual({ sid: 'a', iat: expect.any(Number), exp: expect.any(Number), jti: expect.any(String) });
    const theirs = decryptToken(PROJECT, await encode({ token: { sid: 'b' }, maxAge: 60, ...key }));
    expect(theirs).toEqual({ sid: 'b', iat: expect.any(Number), exp: expect.any(Number), jti: expect.any(String) });
  });

  test('never repeats', () => {
    expect(encryptToken(PROJECT, {}, 60)).not.toBe(encryptToken(PROJECT, {}, 60));
  });

  test('expires, with 15 seconds for differing clocks', () => {
    vi.useFakeTimers({ now: 1_800_000_000_000 });
    const token = encryptToken(PROJECT, { sid: 'a' }, 60);
    vi.advanceTimersByTime(74_000);
    expect(decryptToken(PROJECT, token)).not.toBeNull();
    vi.advanceTimersByTime(1000);
    expect(decryptToken(PROJECT, token)).toBeNull();
  });

  test('is refused in another project, and under another SIGNET_SECRET', () => {
    const token = encryptToken(PROJECT, { sid: 'a' }, 60);
    expect(decryptToken(OTHER, token)).toBeNull();
    vi.stubEnv('SIGNET_SECRET', 'another secret of at least thirty-two characters');
    resetEnv();
    expect(decryptToken(PROJECT, token)).toBeNull();
  });

  test('is refused when any part was changed, shortened, added or left out', () => {
    const token = encryptToken(PROJECT, { sid: 'a' }, 60);
    const parts = token.split('.');
    const replaced = (at: number, by: string) => parts.map((part, index) => (index === at ? by : part)).join('.');
    const flipped = (part: string) => (part.startsWith('A') ? 'B' : 'A') + part.slice(1);
    const header = (fields: object) => Buffer.from(JSON.stringify(fields)).toString('base64url');
    const changed = [
      ...['', '.', '....', 'x', `${token}.`, `.${token}`, parts.slice(0, 4).join('.'), parts.slice(1).join('.')],
      ...[2, 3, 4].flatMap((at) => [replaced(at, flipped(parts[at] ?? '')), replaced(at, '')]),
      replaced(4, (parts[4] ?? '').slice(0, 6)), // a truncated tag (NIST SP 800-38D appendix C)
      replaced(1, 'AAAA'),
      replaced(0, header({ enc: 'A256GCM', alg: 'dir' })),
      replaced(0, header({ alg: 'none' })),
      replaced(0, ''),
    ];
    for (const value of changed) expect(decryptToken(PROJECT, value), value).toBeNull();
  });
});

test('a CSRF pair is valid unless one half was changed', () => {
  const pair = createCsrfPair();
  const [token = '', hash = ''] = pair.split('|');
  expect(token).toMatch(/^[\da-f]{64}$/);
  expect(isCsrfPair(pair)).toBe(true);
  for (const value of [
    '',
    '|',
    token,
    `${token}|`,
    `|${hash}`,
    `${hash}|${token}`,
    createCsrfPair().split('|')[0] + hash,
  ])
    expect(isCsrfPair(value), value).toBe(false);
});
