import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAddress, linkTokenOf, toCode, toLink, toLocalPath } from './model';

describe('toLocalPath', () => {
  test.each(['/', '/profile', '/profile?tab=1#passkeys', '/console/signet/users?q=a%2Fb', '/a:b', '/ä', '/x/../y'])(
    'a local path stays as it is: %s',
    (path) => {
      expect(toLocalPath(path)).toBe(path);
    },
  );

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
  ])('anything else is refused: %j', (value) => {
    expect(toLocalPath(value)).toBeNull();
  });

  test('whatever passes leads a browser to this very origin', () => {
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
        // Also when the resolved path is resolved once more, as routers do.
        expect(new URL(target.pathname, origin).origin).toBe(origin);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('toCode', () => {
  test.each(['012345', ' 012345 ', '012 345', '012-345', '０１２３４５', '012\u00a0345'])(
    'six digits in any dress: %s',
    (typed) => {
      expect(toCode(typed)).toBe('012345');
    },
  );

  test.each(['', '01234', '0123456', '01234x', '٠١٢٣٤٥', '012345'.repeat(50)])('anything else is none: %s', (typed) => {
    expect(toCode(typed)).toBeNull();
  });
});

describe('isAddress', () => {
  test.each(['jane@example.com', "o'brien+tag@sub.example.co.uk", 'jane@localhost', 'jörg@müller.example'])(
    '%s',
    (value) => {
      expect(isAddress(value)).toBe(true);
    },
  );

  test.each([
    '',
    'jane',
    'jane@',
    '@example.com',
    'a@b@c',
    'jane doe@example.com',
    'jane@example.com\nbcc: x@y',
    'jane@example.com,john@example.com',
    'Jane <jane@example.com>',
    'jane\0@example.com',
    'jane\u202e@example.com',
    `${'x'.repeat(250)}@example.com`,
  ])('not an address: %j', (value) => {
    expect(isAddress(value)).toBe(false);
  });
});

test('a link fits a line of quoted-printable and gives its token back', () => {
  const token = 'AbCdEfGhIjKlMnOpQrStUvW9';
  const link = toLink('https://identity.example.com', token);
  expect(link.length).toBeLessThanOrEqual(76);
  expect(link).not.toContain('=');
  expect(linkTokenOf(Object.fromEntries(new URL(link).searchParams))).toBe(token);
});

test.each([{}, { token: 'x' }, { 'AbCdEfGhIjKlMnOpQrStUvW-': '' }, { short: '' }])('no token: %j', (query) => {
  expect(linkTokenOf(query)).toBeNull();
});
