import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { createIdentities, createIdentity } from '@/lib/identity/service';
import { transaction } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import { insertSchema } from '@/lib/schema/repository';
import { getSchema } from '@/lib/schema/service';
import { adminApi } from '@/testing/admin-api';
import * as handlers from './route';

/** The identities that the test created: a filter over these gives the expected list. */
type Person = { id: string; email: string; first: string; state: 'active' | 'inactive'; schemaId: string };

const FIRST_NAMES = ['Ada', 'Zoë', 'Straße', '50% _off_', 'ＡＤＡ', '李'];
const EMAILS = ['ada', 'ad_a', 'ad%a', 'adxa', 'zoe', 'Bob'];
let api: Awaited<ReturnType<typeof adminApi>>;
let people: Person[];

beforeAll(async () => {
  api = await adminApi('/admin/identities', handlers);
  const { document } = await getSchema(api.project.id, 'default');
  const other = { id: newId(), projectId: api.project.id, schemaId: 'other', version: 1, document };
  await transaction((tx) => insertSchema(tx, { ...other, createdAt: new Date() }));
  const drafts = Array.from({ length: 48 }, (_, at) => ({
    email: `${EMAILS[at % EMAILS.length]}.${at}@Example.com`,
    first: FIRST_NAMES[(at * 7) % FIRST_NAMES.length] ?? '',
    state: at % 3 === 0 ? ('inactive' as const) : ('active' as const),
    schemaId: at % 4 === 0 ? 'other' : 'default',
  }));
  const inputs = drafts.map(({ email, first, ...rest }) => ({ ...rest, traits: { email, name: { first } } }));
  const created = await createIdentities(api.actor, inputs);
  people = created.map((outcome, at) => {
    if (!('id' in outcome)) throw outcome;
    return { id: outcome.id, ...(drafts[at] as (typeof drafts)[0]) };
  });
});

type Filter = {
  state?: string;
  schema_id?: string;
  q?: string;
  preview_credentials_identifier_similar?: string;
  credentials_identifier?: string;
  ids?: string[];
};

const fold = (text: string) => text.normalize('NFKC').toLowerCase();
const found = (filter: Filter) =>
  people.filter(({ id, email, first, state, schemaId }) => {
    const words = fold(filter.q ?? '').split(/\s+/);
    return (
      (filter.state === undefined || filter.state === state) &&
      (filter.schema_id === undefined || filter.schema_id === schemaId) &&
      words.every((word) => fold(`${email}\n${first}`).includes(word)) &&
      email.toLowerCase().startsWith((filter.preview_credentials_identifier_similar ?? '').toLowerCase()) &&
      (filter.credentials_identifier ?? email).toLowerCase() === email.toLowerCase() &&
      (filter.ids?.includes(id) ?? true)
    );
  });

function queryOf({ ids = [], ...single }: Filter, paging: Record<string, string>): string {
  const search = new URLSearchParams({ ...(single as Record<string, string>), ...paging });
  for (const id of ids) search.append('ids', id);
  return `?${search}`;
}

/** Follows `next` from the first page to the last. */
async function walk(query: string, between: () => Promise<unknown> = async () => {}) {
  const pages: string[][] = [];
  const totals = new Set<string | null>();
  for (let next: string | undefined = query; next !== undefined; ) {
    const response = await api.call('GET', { query: next });
    expect(response.status).toBe(200);
    totals.add(response.headers.get('x-total-count'));
    pages.push((await response.json()).map(({ id }: { id: string }) => id));
    next = /<[^>?]*(\?[^>]*)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
    await between();
  }
  return { pages, ids: pages.flat(), totals: [...totals] };
}

const pick = <T>(values: T[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
const filters = fc
  .record({
    state: pick(['active', 'inactive']),
    schema_id: pick(['default', 'other', 'none']),
    q: pick(['ada', 'ADA example', 'straSSE', 'stra', '50%', '_', '李', 'zoe\u0308', 'ad_a']),
    preview_credentials_identifier_similar: pick(['ad', 'AD_', 'ad%', 'zo', 'bob.1', 'x']),
    credentials_identifier: fc.option(fc.nat(47), { freq: 8, nil: undefined }),
    ids: fc.option(fc.subarray(Array.from({ length: 48 }, (_, at) => at)), { nil: undefined }),
  })
  .map(({ credentials_identifier: at, ids, ...filter }) => ({ ...filter, at, ids }));

describe('returns any filter in any page size', () => {
  test.each(['keyset', 'offset'])('returns each identity once, in order, by %s', async (mode) => {
    const walks = fc.asyncProperty(filters, fc.integer({ min: 1, max: 30 }), async ({ at, ids, ...rest }, size) => {
      const named = {
        ...rest,
        credentials_identifier: at === undefined ? undefined : people[at]?.email.toUpperCase(),
        ids: ids?.map((index) => people[index]?.id ?? ''),
      };
      const filter: Filter = JSON.parse(JSON.stringify(named));
      if (filter.ids?.length === 0) delete filter.ids;
      const paging: Record<string, string> =
        mode === 'keyset' ? { page_size: `${size}`, count: 'exact' } : { per_page: `${size}`, page: '0' };
      const { pages, ids: seen, totals } = await walk(queryOf(filter, paging));
      const expected = found(filter).map(({ id }) => id);
      expect(seen).toEqual(expected);
      expect(totals).toEqual([String(expected.length)]);
      expect(pages.slice(0, -1).every((page) => page.length === size)).toBe(true);
    });
    await fc.assert(walks, { numRuns: 40 });
  });

  test('neither skips nor repeats identities when others are created during a keyset walk', async () => {
    const before = await walk('?page_size=100');
    let late = 3;
    const { ids } = await walk('?page_size=20', async () => {
      if (late-- > 0) await createIdentity(api.actor, { traits: { email: `${newId()}@late.example.com` } });
    });
    expect(ids).toHaveLength(before.ids.length + 2);
    expect(ids.slice(0, before.ids.length)).toEqual(before.ids);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
