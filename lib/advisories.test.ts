import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

/** Claims of docs/advisories.md that no single module can prove. */
const ROOT = path.join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

test('each advisory is covered by the test named in the document', () => {
  const rows = read('docs/advisories.md')
    .split('\n')
    .filter((line) => /^\| (CVE|GHSA|GO)-/.test(line));
  expect(rows.length).toBeGreaterThanOrEqual(15);
  for (const row of rows) {
    const [, advisories = '', , , tests = ''] = row.split('|');
    const numbers = advisories.match(/(CVE-[\d-]+|GHSA(-\w{4}){3}|GO-[\d-]+)/g) ?? [];
    const files = [...tests.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file);
    const texts = files.map((file) => (existsSync(path.join(ROOT, file)) ? read(file) : ''));
    expect(numbers.filter((number) => !texts.some((text) => text.includes(number)))).toEqual([]);
    expect(files.filter((_, at) => !numbers.some((number) => texts[at]?.includes(number)))).toEqual([]);
  }
});

/** Each table with an expiry, and the test that expiry is decided by the clock, not by the presence of the row. */
const EXPIRING = {
  Challenge: ['lib/one-time.test.ts', 'CVE-2025-64708'],
  Session: ['lib/session/service.test.ts', 'GHSA-w9fp-wv6g-pqv8'],
  SignInAlert: ['lib/one-time.test.ts', 'CVE-2025-64708'],
  EmailChange: ['lib/one-time.test.ts', 'CVE-2025-64708'],
  Verification: ['lib/one-time.test.ts', 'CVE-2025-64708'],
  Pairing: ['lib/one-time.test.ts', 'CVE-2025-64708'],
  ReturnPath: ['lib/verification/service/return-path.test.ts', 'CVE-2025-64708'],
  Invitation: ['lib/operator/service.test.ts', 'CVE-2025-64708'],
  ApiCredential: ['lib/api-credential/service/authenticate.test.ts', 'CVE-2025-64708'],
  ApiCredentialSecret: ['lib/api-credential/service.test.ts', 'CVE-2025-64708'],
  ApplicationSecret: ['lib/application/service/authenticate.test.ts', 'CVE-2025-64708'],
  // The revocation of a token; the token's own expiry is in the token and tested with its claims.
  RevokedToken: ['lib/token/service.test.ts', 'CVE-2026-28513'],
  AuthorizationRequest: ['app/api/oauth2/par/route.test.ts', 'CVE-2025-64708'],
  AuthorizationCode: ['app/api/oauth2/token/application.test.ts', 'CVE-2025-64708'],
  RateLimit: ['lib/rate-limit/service.test.ts', 'CVE-2025-64708'],
  IdempotencyKey: ['app/api/admin/identities/idempotency.test.ts', 'CVE-2025-64708'],
} as const;

test('CVE-2025-64708: every table whose rows expire has a test that leaves them in place', () => {
  const models = [...read('prisma/schema.prisma').matchAll(/^model (\w+) \{([^}]*)\}/gm)];
  const expiring = models.filter(([, , body = '']) => /^\s*expiresAt\s/m.test(body)).map(([, name]) => name);
  expect(expiring.sort()).toEqual(Object.keys(EXPIRING).sort());
  for (const [file, number] of Object.values(EXPIRING)) expect(read(file)).toContain(`('${number}`);
});

test('CVE-2025-29927: no access rule depends on a middleware, because there is none', () => {
  const names = ['middleware', 'proxy'].flatMap((name) => ['ts', 'tsx', 'js', 'mjs'].map((end) => `${name}.${end}`));
  expect(names.filter((name) => existsSync(path.join(ROOT, name)) || existsSync(path.join(ROOT, 'src', name)))).toEqual(
    [],
  );
});
