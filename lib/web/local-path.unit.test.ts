import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toLocalPath } from './local-path';

describe('toLocalPath', () => {
  test.each(['/', '/profile', '/profile?tab=1#passkeys', '/console/signet/users?q=a%2Fb', '/a:b', '/x/../y'])(
    'keeps a local path: %s',
    (path) => {
      expect(toLocalPath(path)).toBe(path);
    },
  );

  test.each([
    ['/ä', '/%C3%A4'],
    ['/你?q=é 😀', '/%E4%BD%A0?q=%C3%A9%20%F0%9F%98%80'],
    ['/%E4%BD%A0', '/%E4%BD%A0'],
  ])('encodes a local path in ASCII, for headers: %s', (path, encoded) => {
    expect(toLocalPath(path)).toBe(encoded);
  });

  test.each([
    '',
    'profile',
    'https://evil.example',
    'javascript:alert(1)',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/profile\\..\\x',
    '/\t/evil.example',
    '/\n/evil.example',
    '\t//evil.example',
    ' //evil.example',
    '/.//evil.example',
    '/x/..//evil.example',
    '/%2e//evil.example',
    '/\u0000',
    '/\u0085/evil.example',
    '/\ud800',
    `/${'x'.repeat(3000)}`,
    null,
    undefined,
    7,
    ['/profile'],
  ])('refuses anything else: %j', (value) => {
    expect(toLocalPath(value)).toBeNull();
  });

  test('every accepted path leads a browser to this origin', () => {
    const origins = fc.constantFrom('http://localhost:3000', 'https://id.example.com');
    const pieces = fc.array(
      fc.oneof(
        fc.constantFrom('/', '\\', '.', '..', ':', '@', '%2f', '%5c', '?', '#', '\t', '\r\n', 'evil.example'),
        fc.string(),
      ),
    );
    fc.assert(
      fc.property(origins, pieces, (origin, parts) => {
        const path = toLocalPath(`/${parts.join('')}`);
        if (path === null) return;
        const target = new URL(path, origin);
        expect(target.origin).toBe(origin);
        // Also when the resolved path is resolved again, as routers do.
        expect(new URL(target.pathname, origin).origin).toBe(origin);
      }),
      { numRuns: 2000 },
    );
  });
});
