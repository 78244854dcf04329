import { beforeAll, describe, expect, test } from 'vitest';
import { PROJECT, seed } from '@/bench/seed';
import { databaseKind, db } from '@/lib/platform/db/client';
import { refreshStatistics } from '@/lib/platform/db/planner';
import { env } from '@/lib/platform/env';
import { plansOf } from '@/testing/plans';
import { findIdentity } from '../repository';
import { countFiltered, searchIdentities } from '../service/search';
import type { IdentityFilter } from './filter';
import { countIdentities, listAfter, listByOffset } from './list';

const PEOPLE = 21_000; // more than two steps of a walk
type Person = { id: string; value: string; state: string };
let people: Person[];

beforeAll(async () => {
  await seed(env().databaseUrl, PEOPLE, 3000);
  const rows = await (await db()).identity.findMany({
    select: { id: true, state: true, identifiers: { select: { value: true } } },
    orderBy: { id: 'asc' },
  });
  people = rows.map(({ id, state, identifiers: [identifier] }) => ({ id, state, value: identifier?.value ?? '' }));
}, 60_000);

const matches = ({ ids, identifier, identifierPrefix = '', state, words = [] }: IdentityFilter) =>
  people
    .filter(
      (one) =>
        (!ids || ids.includes(one.id)) &&
        (identifier ?? one.value) === one.value &&
        one.value.startsWith(identifierPrefix) &&
        (state ?? one.state) === one.state &&
        words.every((word) => one.value.includes(word)),
    )
    .map(({ id }) => id);

const person = (at: number): Person => people[at] ?? { id: '', value: '', state: '' };
const FILTERS: Record<string, () => IdentityFilter> = {
  nothing: () => ({}),
  state: () => ({ state: 'inactive' }),
  exact: () => ({ identifier: person(777).value }),
  'exact in another state': () => ({ identifier: person(776).value, state: 'inactive' }),
  'exact with a prefix that fits': () => ({ identifier: person(777).value, identifierPrefix: 'user' }),
  'exact with a prefix that does not fit': () => ({ identifier: person(777).value, identifierPrefix: 'other' }),
  'prefix of ten': () => ({ identifierPrefix: person(15_550).value.slice(0, 10) }),
  'prefix of a thousand, inactive': () => ({ identifierPrefix: 'user0013', state: 'inactive' }),
  'prefix of most': () => ({ identifierPrefix: 'user001' }),
  'prefix of all': () => ({ identifierPrefix: 'user' }),
  'prefix of all, inactive': () => ({ identifierPrefix: 'user', state: 'inactive' }),
  'prefix of all, with words': () => ({ identifierPrefix: 'user', words: ['99@'] }),
  'prefix of none': () => ({ identifierPrefix: 'nobody' }),
  'prefix among ids': () => ({ identifierPrefix: 'user001', ids: people.slice(9_990, 10_010).map(({ id }) => id) }),
  words: () => ({ words: ['0199'] }),
};

describe('a long list', () => {
  test.each(Object.entries(FILTERS))(
    'filter %s: pages and count agree with filtering in memory',
    async (_, make) => {
      const filter = make();
      const expected = matches(filter);
      expect(await countIdentities(PROJECT, filter)).toBe(expected.length);
      for (const offset of [0, 900, expected.length - 3, expected.length]) {
        if (offset < 0) continue;
        const page = await listByOffset(PROJECT, filter, offset, 250);
        expect(page.map(({ id }) => id)).toEqual(expected.slice(offset, offset + 250));
      }
      for (const after of [null, person(10_500).id, person(PEOPLE - 1).id]) {
        const page = await listAfter(PROJECT, filter, after, 1000);
        expect(page.map(({ id }) => id)).toEqual(expected.filter((id) => after === null || id > after).slice(0, 1000));
      }
    },
    60_000,
  );

  test('serves a page of the maximum size', async () => {
    expect(await listByOffset(PROJECT, {}, 0, 1001)).toHaveLength(1001);
    const page = await listAfter(PROJECT, {}, null, 1001);
    expect(page).toHaveLength(1001);
    expect(page.at(-1)).toMatchObject({ identifiers: [person(1000).value], passkeyCount: 1 });
  });

  test('counts the passkeys of each identity', async () => {
    expect((await findIdentity(PROJECT, person(2999).id))?.passkeyCount).toBe(1);
    expect((await findIdentity(PROJECT, person(3000).id))?.passkeyCount).toBe(0);
  });
});

describe('a count', () => {
  test('is exact without filters, and up to 10,000 with them', async () => {
    expect(await countFiltered(PROJECT, {})).toEqual({ count: PEOPLE, isMore: false });
    expect(await countFiltered(PROJECT, { state: 'inactive' })).toEqual({ count: PEOPLE / 10, isMore: false });
    const many: IdentityFilter[] = [
      { state: 'active' },
      { identifierPrefix: 'user' },
      { words: ['user'] },
      { words: ['r'] },
    ];
    for (const filter of many) expect(await countFiltered(PROJECT, filter)).toEqual({ count: 10_000, isMore: true });
  });
});

describe('full table scans', () => {
  const READS: Record<string, () => Promise<unknown>> = {
    'one identity': () => findIdentity(PROJECT, person(5).id),
    ...Object.fromEntries(
      Object.entries(FILTERS).flatMap(([name, make]) => [
        [`${name}, a page`, () => listByOffset(PROJECT, make(), 0, 250)],
        [`${name}, counted`, () => countIdentities(PROJECT, make())],
      ]),
    ),
  };
  const search = (more: { words?: string; sort?: 'created' | 'name'; state?: 'inactive' }) => () =>
    searchIdentities(PROJECT, {
      cursor: { edge: 'first', place: null },
      limit: 25,
      sort: 'created',
      direction: 'descending',
      ...more,
    });
  const SEARCHES: Record<string, () => Promise<unknown>> = {
    'a search by name': search({ words: '0199', sort: 'name' }),
    'a search for a short word': search({ words: '9@', sort: 'name' }),
    'a list by name in a state': search({ sort: 'name', state: 'inactive' }),
    'a search without a match': search({ words: 'nobody' }),
    'the last page': () => listByOffset(PROJECT, {}, PEOPLE - 250, 250),
  };
  const avoidsScans = async (read: () => Promise<unknown>) => {
    for (const plan of await plansOf(read)) {
      expect(plan).not.toMatch(
        /\bSCAN (main\.)?(Identity|Identifier|Passkey|[ikx]|t\d)\b(?! USING| VIRTUAL)|Seq Scan on "?(Identity|Identifier|Passkey)\b/,
      );
      expect(plan).not.toMatch(/MATERIALIZE "?(Passkey|Identifier)/);
    }
  };
  const ALL = Object.entries({ ...READS, ...SEARCHES });
  test.each(ALL)('avoids one for %s, without statistics', (_, read) => avoidsScans(read));
  test('avoids each with statistics', async () => {
    await (databaseKind() === 'sqlite' ? refreshStatistics() : (await db()).$executeRawUnsafe('ANALYZE'));
    for (const [, read] of ALL) await avoidsScans(read);
  }, 60_000);

  test('finds a prefix in an index of identifiers', async () => {
    const [plan = ''] = await plansOf(() => listByOffset(PROJECT, { identifierPrefix: 'nobody' }, 0, 250));
    if (databaseKind() === 'sqlite') {
      expect(plan).toBe(
        'SEARCH k USING INDEX Identifier_projectId_value_key (projectId=? AND value>? AND value<?)\nUSE TEMP B-TREE FOR DISTINCT',
      );
    } else {
      expect(plan).toMatch(/Identifier_prefix_idx.*\n.*Index Cond:.*~>=~/);
    }
  });
});
