import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linkHeader, offsetLinks, openPageToken, sealPageToken, toPage, uncountedLinks } from './pagination';

describe('page tokens', () => {
  test('open in the project and filter that issued them', () => {
    expect(openPageToken(sealPageToken('01890000-0000-7000-8000-000000000000', 'scope'), 'scope')).toBe(
      '01890000-0000-7000-8000-000000000000',
    );
  });

  test('are refused for another filter or project, or with one changed character (GO-2026-4801, GHSA-r9w3-57w2-gch2)', () => {
    const token = sealPageToken('id', 'scope');
    expect(() => openPageToken(token, 'other')).toThrow();
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.constantFrom(...'abcXYZ019-_.'), (at, char) => {
        fc.pre(token[at] !== char);
        expect(() => openPageToken(token.slice(0, at) + char + token.slice(at + 1), 'scope')).toThrow();
      }),
    );
  });

  test('are refused when malformed (CVE-2026-33505)', () => {
    fc.assert(
      fc.property(fc.string(), (token) => {
        expect(() => openPageToken(token, 'scope')).toThrow();
      }),
    );
  });
});

describe('toPage', () => {
  test('uses keyset only on request', () => {
    expect(toPage({})).toEqual({ mode: 'offset', page: 0, size: 250 });
    expect(toPage({ per_page: 0 })).toEqual({ mode: 'offset', page: 0, size: 1 });
    expect(toPage({ per_page: 9999, page: 3 })).toEqual({ mode: 'offset', page: 3, size: 1000 });
    expect(toPage({ page_size: 10 })).toEqual({ mode: 'keyset', size: 10, token: null });
    expect(toPage({ page_token: '' })).toEqual({ mode: 'keyset', size: 250, token: null });
  });
});

describe('offsetLinks', () => {
  const relations = (page: number, size: number, total: number) =>
    offsetLinks(page, size, total).map(([rel, set]) => `${rel}:${set.page}`);
  test('names the neighboring pages that exist', () => {
    expect(relations(0, 10, 25)).toEqual(['first:0', 'next:1', 'last:2']);
    expect(relations(1, 10, 25)).toEqual(['first:0', 'prev:0', 'next:2', 'last:2']);
    expect(relations(2, 10, 25)).toEqual(['first:0', 'prev:1', 'last:2']);
    expect(relations(9, 10, 25)).toEqual(['first:0', 'prev:2', 'last:2']);
    expect(relations(0, 10, 0)).toEqual(['first:0', 'last:0']);
    expect(relations(0, 10, 10)).toEqual(['first:0', 'last:0']);
  });

  test('names no last page where the total is unknown', () => {
    const uncounted = (page: number, hasNext: boolean) =>
      uncountedLinks({ mode: 'offset', page, size: 10 }, hasNext).map(([rel, set]) => `${rel}:${set.page}`);
    expect(uncounted(0, true)).toEqual(['first:0', 'next:1']);
    expect(uncounted(3, true)).toEqual(['first:0', 'prev:2', 'next:4']);
    expect(uncounted(3, false)).toEqual(['first:0', 'prev:2']);
  });

  test('builds absolute links that keep the other parameters', () => {
    const link = linkHeader('https://id.example.com/admin/identities', new URLSearchParams('state=active'), [
      ['next', { page: '1' }],
    ]);
    expect(link).toBe('<https://id.example.com/admin/identities?page=1&state=active>; rel="next"');
  });
});
