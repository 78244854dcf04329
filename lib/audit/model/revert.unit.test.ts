import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '@/lib/platform/json';
import { diffJson } from '../model';
import { layoutOf, revertJson } from './revert';

/** A change as it is recorded and read again. */
function recorded(before: JsonObject, after: JsonObject) {
  const changes = diffJson(before, after);
  const layout = layoutOf(before, after, changes) ?? {};
  return JSON.parse(JSON.stringify({ changes, layout })) as { changes: typeof changes; layout: typeof layout };
}

function reverted(before: JsonObject, after: JsonObject): string {
  const { changes, layout } = recorded(before, after);
  return JSON.stringify(revertJson(after, changes, layout));
}

const key = fc.constantFrom('a', 'b', 'c', 'a/b', '~', '', '1');
const { document } = fc.letrec<{ json: Json; object: JsonObject; document: JsonObject }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.constantFrom<Json>(null, true, 0, 1, '', 'x'),
    fc.array(tie('json'), { maxLength: 3 }),
    tie('object'),
  ),
  object: fc.dictionary(key, tie('json'), { maxKeys: 4 }),
  document: fc.record({ traits: tie('object'), metadata_public: tie('json') }),
}));

describe('reverting a change', () => {
  test.each<[string, JsonObject, JsonObject]>([
    ['a nested value', { t: { name: { first: 'Ada', last: 'B' } } }, { t: { name: { first: 'Eve', last: 'B' } } }],
    ['a removed member, at its former place', { t: { a: 1, b: 2, c: 3 } }, { t: { a: 1, c: 3 } }],
    ['an added member with its object', { t: {} }, { t: { name: { first: 'Ada' } } }],
    ['an object that was empty', { t: { name: {} } }, { t: { name: { first: 'Ada' } } }],
    ['a member that was null', { t: { a: null } }, { t: { a: 1 } }],
    ['a member that was null and is absent', { t: { a: null, b: 1 } }, { t: { b: 1 } }],
    ['another order of keys', { t: { a: 1, b: 2 } }, { t: { b: 2, a: 3 } }],
    ['a list as one value', { t: { tags: [1, 2] } }, { t: { tags: [2] } }],
    [
      'an order of keys within a list',
      { t: { tags: [{ a: 1, b: 2 }], x: 1 } },
      { t: { tags: [{ b: 2, a: 1 }], x: 2 } },
    ],
    ['an object that became a text', { t: { name: { first: 'Ada' } } }, { t: { name: 'Ada' } }],
    ['a document that was null', { m: null }, { m: { a: 1 } }],
  ])('restores %s', (_, before, after) => {
    expect(reverted(before, after)).toBe(JSON.stringify(before));
    expect(reverted(after, before)).toBe(JSON.stringify(after));
  });

  test('restores every document to its bytes', () => {
    const isRestored = (before: JsonObject, after: JsonObject) =>
      Object.keys(diffJson(before, after)).length === 0 || reverted(before, after) === JSON.stringify(before);
    fc.assert(fc.property(document, document, isRestored), { numRuns: 2000 });
  });

  test('from the newest to the oldest, restores the first document', () => {
    const isRestored = (first: JsonObject, later: JsonObject[]) => {
      let current = first;
      const history = later.flatMap((next) => {
        // A change of nothing but the order of keys is not written.
        if (Object.keys(diffJson(current, next)).length === 0) return [];
        const change = recorded(current, next);
        current = next;
        return [change];
      });
      for (const { changes, layout } of history.reverse()) current = revertJson(current, changes, layout);
      return JSON.stringify(current) === JSON.stringify(first);
    };
    fc.assert(fc.property(document, fc.array(document, { maxLength: 6 }), isRestored), { numRuns: 500 });
  });

  test('keeps what was added later, behind what it follows', () => {
    const { changes, layout } = recorded({ t: { a: 1, b: 2, c: 3 } }, { t: { a: 1, c: 3 } });
    const reverted = revertJson({ t: { a: 1, x: 9, c: 4 } }, changes, layout);
    expect(JSON.stringify(reverted)).toBe('{"t":{"a":1,"x":9,"b":2,"c":4}}');
  });

  test('needs no layout for a change of values', () => {
    const before = { t: { name: { first: 'Ada', last: 'Byron' }, tags: [1] }, m: null };
    const after = { t: { name: { first: 'Ada', last: 'Lovelace' }, tags: [1, 2] }, m: { plan: 'pro' } };
    expect(layoutOf(before, after, diffJson(before, after))).toBeNull();
  });
});
