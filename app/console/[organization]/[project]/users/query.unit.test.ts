import { expect, test } from 'vitest';
import type { IdentityCursor } from '@/lib/identity/service';
import { listHref, orderHref, placeScope, readCursor, readQuery, type SearchParams } from './query';

const BASE = '/console/acme/shop/users';
const read = (params: SearchParams) => readQuery(params, ['default', 'staff']);
const paramsOf = (href: string): SearchParams => Object.fromEntries(new URL(href, 'http://x').searchParams);

test.each<[SearchParams, object]>([
  [{}, { q: '', state: '', schema: '', sort: 'created', direction: 'descending' }],
  [
    { q: ' ada ', state: 'inactive', schema: 'staff', sort: 'name' },
    { q: 'ada', state: 'inactive', schema: 'staff' },
  ],
  [{ state: 'deleting' }, { state: 'deleting' }],
  [{ sort: '-name' }, { sort: 'name', direction: 'descending' }],
  [{ sort: 'created' }, { sort: 'created', direction: 'ascending' }],
  [
    { sort: '--name', state: 'gone', schema: 'other\0', q: ['a', 'b'] },
    { sort: 'created', state: '', schema: '', q: '' },
  ],
])('reads %j and ignores unknown values', (params, expected) => {
  expect(read(params)).toMatchObject(expected);
});

test('a URL has only values other than the default and round-trips', () => {
  const query = read({ q: 'ada & co', state: 'active', schema: 'staff', sort: '-name' });
  const href = listHref(BASE, query);
  expect(href).toBe(`${BASE}?sort=-name&q=ada+%26+co&state=active&schema=staff`);
  expect(read(paramsOf(href))).toEqual(query);
  expect(listHref(BASE, read({}))).toBe(BASE);
  expect(orderHref(BASE, read({ sort: 'name' }))).toBe(`${BASE}?sort=name`);
});

const place = { id: '0190-x', sortName: 'ada "lovelace" 王' };

test.each<IdentityCursor>([
  { edge: 'after', place },
  { edge: 'before', place: { id: 'x' } },
  { edge: 'last', place: null },
  { edge: 'first', place: null },
])('a page $edge round-trips', (cursor) => {
  const query = read({ sort: 'name' });
  const scope = placeScope(query, 'p');
  expect(readCursor(paramsOf(listHref(BASE, query, { cursor, scope })), scope)).toEqual(cursor);
});

test('a cursor that is forged, from another project or another sort order means the first page', () => {
  const query = read({ sort: 'name' });
  const first = { edge: 'first', place: null };
  const scope = placeScope(query, 'p');
  const { after = '' } = paramsOf(listHref(BASE, query, { cursor: { edge: 'after', place }, scope }));
  expect(readCursor({ after }, placeScope(query, 'other'))).toEqual(first);
  expect(readCursor({ after }, placeScope(read({ sort: '-name' }), 'p'))).toEqual(first);
  const forged = `${Buffer.from('{"id":"x"}').toString('base64url')}.${String(after).split('.')[1]}`;
  for (const value of [forged, `${after}x`, '', '.', 'null', '\0', [String(after)]])
    expect(readCursor({ after: value }, scope)).toEqual(first);
});
