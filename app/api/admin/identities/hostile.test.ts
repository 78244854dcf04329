import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { createIdentity } from '@/lib/identity/service';
import { transaction } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import type { Json, JsonObject } from '@/lib/platform/json';
import { insertSchema } from '@/lib/schema/repository';
import { adminApi } from '@/testing/admin-api';
import * as one from './[id]/route';
import * as handlers from './route';

/** Any input from programs: stored unchanged, or refused with 4xx, never a server error. */
let api: Awaited<ReturnType<typeof adminApi>>;
let single: Awaited<ReturnType<typeof adminApi>>;

beforeAll(async () => {
  api = await adminApi('/admin/identities', handlers);
  single = await adminApi('/admin/identities/{id}', one);
  // Accepts any traits besides the address.
  const document: JsonObject = {
    type: 'object',
    properties: {
      traits: {
        type: 'object',
        properties: { email: { type: 'string', format: 'email', 'x-signet': { identifier: true } } },
        required: ['email'],
      },
    },
  };
  const schema = { id: newId(), projectId: api.project.id, schemaId: 'open', version: 1, document };
  await transaction((tx) => insertSchema(tx, { ...schema, createdAt: new Date() }));
});

/** Excludes `__proto__` as a key and NUL, which are refused (RFC 7493; databases do not store NUL). */
const texts = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((text) => !text.includes('\0'));
const keys = texts.filter((key) => key !== '__proto__' && key !== 'email');
const values = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<Json>(null, true, false, 0, -1.5, 1e-7, 9_007_199_254_740_991, '', 'e\u0301', '\u{1f600}'),
    texts,
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(keys, tie('any'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).any as fc.Arbitrary<Json>;

test('returns stored values byte for byte: key order, numbers, Unicode', { timeout: 60_000 }, async () => {
  const roundTrip = fc.asyncProperty(
    fc.dictionary(keys, values, { maxKeys: 5, noNullPrototype: true }),
    values,
    async (more, metadata) => {
      const traits = { ...(more as JsonObject), email: `${newId()}@example.com` };
      const created = await api.call('POST', { body: { schema_id: 'open', traits, metadata_public: metadata } });
      const { id } = await created.json();
      expect(created.status).toBe(201);
      const read = await (await single.call('GET', { params: { id } })).json();
      expect(JSON.stringify([read.traits, read.metadata_public])).toBe(JSON.stringify([traits, metadata]));
    },
  );
  await fc.assert(roundTrip, { numRuns: 20, endOnFailure: true });
});

describe('a patch', () => {
  const paths = fc.constantFrom(
    ...[
      '/traits/name/first',
      '/traits/name',
      '/traits/email',
      '/metadata_public',
      '/metadata_public/a',
      '/metadata_public/0',
    ],
    ...['/metadata_public/-', '/metadata_admin/a~1b', '/state', '/schema_id', '/external_id', '/traits/nope', '/id'],
    ...[
      '/verifiable_addresses/0/verified',
      '/verifiable_addresses/1/verified',
      '/verifiable_addresses/0/value',
      '/traits',
    ],
  );
  const steps = fc.oneof(
    fc.record({ op: fc.constantFrom('add', 'replace', 'test'), path: paths, value: values }),
    fc.record({ op: fc.constant('remove'), path: paths }),
    fc.record({ op: fc.constantFrom('move', 'copy'), from: paths, path: paths }),
  );

  test('applies all of its operations or none', async () => {
    const { id } = await createIdentity(api.actor, {
      traits: { email: `${newId()}@example.com`, name: { first: 'Ada' } },
    });
    const read = async () => {
      const response = await single.call('GET', { params: { id } });
      return { etag: response.headers.get('etag'), text: await response.text() };
    };
    const patches = fc.asyncProperty(fc.array(steps, { maxLength: 4 }), async (body) => {
      const before = await read();
      const response = await single.call('PATCH', { params: { id }, body });
      expect([200, 400, 409]).toContain(response.status);
      const after = await read();
      if (response.status === 200) expect(await response.text()).toBe(after.text);
      else expect(after).toEqual(before);
    });
    await fc.assert(patches, { numRuns: 80 });
  });
});

describe('CVE-2024-47070: unparsable headers', () => {
  const names = [
    'authorization',
    'cookie',
    'origin',
    'x-forwarded-for',
    'x-forwarded-host',
    'x-request-id',
    'if-match',
  ];
  const more = ['idempotency-key', 'content-type', 'content-length', 'accept', 'prefer', 'x-middleware-subrequest'];
  const bytes = fc.integer({ min: 0x20, max: 0xff }).map((byte) => String.fromCharCode(byte));
  const texts = fc.oneof(
    fc.string({ unit: bytes, maxLength: 40 }),
    fc.string({ unit: bytes }).map((text) => `Bearer ${text}`),
  );
  const headers = fc.dictionary(fc.constantFrom(...names, ...more), texts, { maxKeys: 6, noNullPrototype: true });

  test('grant no access without a token', async () => {
    const attempts = fc.asyncProperty(fc.constantFrom('GET', 'POST', 'PATCH'), headers, async (method, sent) => {
      const body = method === 'GET' ? {} : { body: { traits: { email: 'a@example.com' } } };
      const { status } = await api.call(method, { ...body, token: null, headers: sent });
      expect([400, 401]).toContain(status);
    });
    await fc.assert(attempts, { numRuns: 100 });
  });
});

describe('input that is refused with 4xx', () => {
  const hostile: Array<[string, string | Uint8Array<ArrayBuffer>]> = [
    ['nesting of 65', `{"traits":{"email":"a@example.com"},"metadata_public":${'['.repeat(64)}${']'.repeat(64)}}`],
    ['nesting of 100,000', '['.repeat(100_000)],
    ['duplicate keys', '{"traits":{"email":"a@example.com"},"traits":{"email":"b@example.com"}}'],
    ['duplicate keys, one escaped', '{"traits":{"email":"a@example.com","\\u0065mail":"b@example.com"}}'],
    ['__proto__', '{"__proto__":{"traits":{"email":"a@example.com"}}}'],
    ['constructor', '{"traits":{"email":"a@example.com","constructor":{"prototype":{"x":1}}}}'],
    ['a lone surrogate as a key', '{"metadata_public":{"\\udc00":1},"traits":{"email":"a@example.com"}}'],
    ['a number beyond a double', '{"metadata_public":1e999,"traits":{"email":"a@example.com"}}'],
    ['a byte order mark', new Uint8Array([0xef, 0xbb, 0xbf, 0x5b, 0xff])],
    ['overlong UTF-8', new Uint8Array([0x22, 0xc0, 0xaf, 0x22])],
  ];

  test.each(hostile)('%s', async (_, rawBody) => {
    const { id } = await createIdentity(api.actor, { traits: { email: `${newId()}@example.com` } });
    for (const response of [
      await api.call('POST', { rawBody }),
      await api.call('PATCH', { rawBody }),
      await single.call('PUT', { params: { id }, rawBody }),
      await single.call('PATCH', { params: { id }, rawBody }),
    ])
      expect(response.status).toBe(400);
  });

  test('ignores a byte order mark before a valid body (RFC 8259 §8.1)', async () => {
    const rawBody = `\uFEFF${JSON.stringify({ traits: { email: `${newId()}@example.com` } })}`;
    expect((await api.call('POST', { rawBody })).status).toBe(201);
  });

  test('returns 413 for one byte more than 1 MiB, and accepts 1 MiB', async () => {
    const sized = (bytes: number) => {
      const head = `{"traits":{"email":"${newId()}@example.com"},"metadata_admin":"`;
      return `${head}${'x'.repeat(bytes - head.length - 2)}"}`;
    };
    expect((await api.call('POST', { rawBody: sized(1_048_576) })).status).toBe(201);
    expect((await api.call('POST', { rawBody: sized(1_048_577) })).status).toBe(413);
  });

  test('never fails on arbitrary JSON', async () => {
    const bodies = fc.asyncProperty(values, async (body) => {
      for (const method of ['POST', 'PATCH']) {
        const { status } = await api.call(method, { body });
        expect(status).toBe(400);
      }
    });
    await fc.assert(bodies, { numRuns: 40 });
  });
});
