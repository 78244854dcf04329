import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import { insertSchema } from '@/lib/schema/repository';
import { getSchema } from '@/lib/schema/service';
import { makeProject } from '@/testing/project';
import type { Identity } from '../model';
import { changeIdentity, createIdentity, deleteIdentity } from '../service';
import {
  countMatches,
  type IdentityCursor,
  type IdentityOrder,
  type IdentitySearch,
  listMatchingIds,
  searchIdentities,
} from './search';

let project: Project;
let other: Project;
const all: Identity[] = [];

const FIRST: IdentityCursor = { edge: 'first', place: null };
const LAST: IdentityCursor = { edge: 'last', place: null };
const BY_CREATION: IdentityOrder = { sort: 'created', direction: 'ascending' };

const make = (of: Project, email: string, name: Record<string, string>, more: Partial<Identity> = {}) =>
  createIdentity(cliActor(of.id), { traits: { email, name }, ...more });
const find = (words: string, more: Partial<IdentitySearch & IdentityOrder> & { cursor?: IdentityCursor } = {}) =>
  searchIdentities(project.id, { words, cursor: FIRST, limit: 100, ...BY_CREATION, ...more });
const address = (number: number) => `person.${number}@example.com`;
const emails = (identities: Identity[]) => identities.map(({ identifiers }) => identifiers[0]);

/** Every entry of a list, walked from one end to the other. */
async function walk(wanted: IdentitySearch & IdentityOrder, limit: number, from: IdentityCursor): Promise<string[][]> {
  const pages: string[][] = [];
  for (let cursor: IdentityCursor | null = from; cursor; ) {
    const page = await searchIdentities(project.id, { ...wanted, cursor, limit });
    pages.push(page.identities.map(({ id }) => id));
    cursor = from.edge === 'first' ? page.next : page.previous;
  }
  return pages;
}

beforeAll(async () => {
  [project, other] = await Promise.all([makeProject(), makeProject()]);
  const { document } = await getSchema(project.id, 'default');
  const rows = { projectId: project.id, version: 1, createdAt: new Date(), document };
  await insertSchema(await db(), { ...rows, id: newId(), schemaId: 'staff' });
  const names = ['Ada', 'ada', 'Zoë', 'Bob_1', 'Bob%2', 'Bob\\3', '', 'Łukasz', 'Ada'];
  for (let number = 0; number < 36; number++) {
    const name = { first: names[number % names.length] ?? '', ...(number % 4 === 0 && { last: 'Lovelace' }) };
    const state = number % 5 === 0 ? 'inactive' : 'active';
    const more = { state, schemaId: number % 6 === 0 ? 'staff' : 'default', externalId: `X-${number}` } as const;
    all.push(await make(project, address(number), name, more));
  }
  await make(other, 'person.1@example.com', { first: 'Ada' });
});

describe('matches', () => {
  test('matches any part of name, address and external ID, in any case and order', async () => {
    expect(emails((await find('DA love')).identities)).toEqual([0, 8, 28].map(address));
    expect(emails((await find('on.17@EX')).identities)).toEqual([address(17)]);
    expect(emails((await find('x-35')).identities)).toEqual([address(35)]);
    expect((await find('ZOE\u0308')).identities.length).toBe(4);
    expect((await find('ada nobody')).identities).toEqual([]);
  });

  test.each([
    ['Bob_', 4],
    ['b%2', 4],
    ['\\3', 4],
    ['%', 4],
    ['_', 4],
    ['\\', 4],
    ['o_1', 0],
    ['', 36],
    [' \0 ', 36],
  ])('takes input literally: %j', async (words, count) => {
    const matching = words === 'o_1' ? 0 : count;
    expect((await find(words)).identities).toHaveLength(matching);
    expect(await countMatches(project.id, { words })).toEqual({ count: matching, isMore: false });
  });

  test('filters by state and schema, and within the project', async () => {
    expect((await find('', { state: 'inactive' })).identities).toHaveLength(8);
    expect((await find('', { schemaId: 'staff' })).identities).toHaveLength(6);
    expect((await find('', { schemaId: 'staff', state: 'inactive' })).identities).toHaveLength(2);
    expect((await find('', { schemaId: 'x' })).identities).toEqual([]);
    const foreign = await searchIdentities(other.id, { cursor: FIRST, limit: 5, ...BY_CREATION });
    expect(foreign.identities).toHaveLength(1);
  });

  test('uses a position of another project only as a sort position', async () => {
    const [stranger] = (await searchIdentities(other.id, { cursor: FIRST, limit: 1, ...BY_CREATION })).identities;
    const cursor = { edge: 'before', place: { id: stranger?.id ?? '' } } as const;
    expect((await find('', { cursor })).identities).toEqual(all);
  });
});

test('walking forwards and backwards visits each entry once, in order, for every filter and sorting', async () => {
  const searches = fc.record({
    words: fc.constantFrom('', 'ada', 'bob', 'example', 'lovelace 1', 'nobody'),
    state: fc.constantFrom(undefined, 'active' as const, 'inactive' as const),
    schemaId: fc.constantFrom(undefined, 'default', 'staff'),
    sort: fc.constantFrom('created' as const, 'name' as const),
    direction: fc.constantFrom('ascending' as const, 'descending' as const),
  });
  await fc.assert(
    fc.asyncProperty(searches, fc.integer({ min: 1, max: 40 }), async (wanted, limit) => {
      const whole = await searchIdentities(project.id, { ...wanted, cursor: FIRST, limit: 100 });
      const ids = whole.identities.map(({ id }) => id);
      const forwards = await walk(wanted, limit, FIRST);
      const backwards = await walk(wanted, limit, LAST);
      expect(forwards.flat()).toEqual(ids);
      expect(backwards.toReversed().flat()).toEqual(ids);
      expect(forwards.slice(0, -1).every((page) => page.length === limit)).toBe(true);
      expect(await countMatches(project.id, wanted)).toEqual({ count: ids.length, isMore: false });
      const ascending = wanted.direction === 'ascending' ? whole.identities : whole.identities.toReversed();
      const keys = ascending.map(({ id }) => id);
      if (wanted.sort === 'created') expect(keys).toEqual(keys.toSorted());
    }),
    { numRuns: 60 },
  );
});

test('the longest values fit into the indexes', async () => {
  const long = (length: number) =>
    String.fromCodePoint(...Array.from({ length }, (_, at) => 0x4e00 + ((at * 7919) % 20_000)));
  const name = { first: long(200), last: long(199) };
  const made = await make(project, `${'x'.repeat(60)}@${'long.'.repeat(36)}example.com`, name, {
    externalId: long(255),
  });
  expect((await find('long.long.')).identities).toEqual([made]);
  await deleteIdentity(cliActor(project.id), made.id);
});

test('sorts equal names by creation, and nameless people by address', async () => {
  const { identities } = await find('', { sort: 'name' });
  const names = identities.map(({ traits, identifiers }) => {
    const { first = '', last = '' } = traits.name as { first?: string; last?: string };
    return `${first} ${last}`.trim().toLowerCase() || identifiers[0];
  });
  const adas = identities.filter((_, at) => names[at] === 'ada').map(({ id }) => id);
  expect(names.slice(0, 9)).toEqual(names.slice(0, 9).toSorted());
  expect(adas).toEqual(adas.toSorted());
  expect(names.indexOf(address(15))).toBeGreaterThan(names.lastIndexOf('bob_1'));
  expect(names.indexOf(address(15))).toBeLessThan(names.indexOf('zoë'));
});

test('finds accounts awaiting deletion, in every order, with words and among given IDs', async () => {
  const due = { deletionDueAt: new Date(Date.now() + 86_400_000) };
  const leaving = await makeProject();
  const [ada, bob] = [
    await make(leaving, 'ada@example.com', { first: 'Ada' }, due),
    await make(leaving, 'bob@example.com', { first: 'Bob' }, { ...due, state: 'inactive' }),
  ];
  await make(leaving, 'staying@example.com', { first: 'Ada' });
  const wanted = { state: 'deleting' } as const;
  const page = { ...wanted, cursor: FIRST, limit: 10 };
  for (const sort of ['created', 'name', 'signedIn'] as const) {
    const found = await searchIdentities(leaving.id, { ...page, sort, direction: 'ascending' });
    expect(found.identities.map(({ id }) => id).sort()).toEqual([ada.id, bob.id].sort());
  }
  const named = await searchIdentities(leaving.id, { ...page, ...BY_CREATION, words: 'ada' });
  expect(named.identities.map(({ id }) => id)).toEqual([ada.id]);
  expect(await countMatches(leaving.id, wanted)).toEqual({ count: 2, isMore: false });
  expect(await listMatchingIds(leaving.id, { ...wanted, ids: [bob.id, project.id] }, null, 10)).toEqual([bob.id]);
  expect((await searchIdentities(project.id, { ...page, ...BY_CREATION })).identities).toEqual([]);
});

test('deletions between pages shift nothing, and a page of deleted people is empty', async () => {
  const actor = cliActor(project.id);
  const first = await make(project, 'gone.1@example.com', {});
  const second = await make(project, 'gone.2@example.com', {});
  const page = await find('gone', { sort: 'name' });
  expect(page.identities.map(({ id }) => id)).toEqual([first.id, second.id]);
  const cursor = { edge: 'after', place: { id: first.id, sortName: 'gone.1@example.com' } } as const;
  await changeIdentity(actor, first.id, () => ({ traits: { email: 'elsewhere@example.com' } }));
  expect((await find('gone', { sort: 'name', cursor })).identities.map(({ id }) => id)).toEqual([second.id]);
  for (const { id } of [first, second]) await deleteIdentity(actor, id);
  const empty = await find('gone', { sort: 'name', cursor });
  expect(empty).toEqual({ identities: [], previous: null, next: null });
});
