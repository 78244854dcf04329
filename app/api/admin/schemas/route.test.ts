import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { createIdentity } from '@/lib/identity/service';
import { newId } from '@/lib/platform/ids';
import type { JsonObject } from '@/lib/platform/json';
import { toSchemaUrl } from '@/lib/schema/model';
import { findSchema } from '@/lib/schema/service';
import { accessToken, adminApi, callHandler } from '@/testing/admin-api';
import { readEvents } from '@/testing/events';
import { makeProject } from '@/testing/project';
import { GET as listSchemas } from '../../schemas/route';
import * as handlers from './route';

let api: Awaited<ReturnType<typeof adminApi>>;
beforeAll(async () => {
  api = await adminApi('/admin/schemas', handlers);
});
const create = (body: unknown) => api.call('POST', { body });
const traits = (schema: JsonObject, more: JsonObject = {}) => ({ ...more, properties: { traits: schema } });
const named = () => `s${newId().slice(-12)}`;

test('bounds sign-in identifiers regardless of the schema: 400 with the pointer', async () => {
  const id = named();
  await create({
    id,
    schema: traits({ type: 'object', properties: { nick: { type: 'string', 'x-signet': { identifier: true } } } }),
  });
  const nick = randomBytes(3000).toString('hex');
  const details = { violations: [expect.objectContaining({ pointer: '/traits/nick', keyword: 'maxLength' })] };
  const made = createIdentity(api.actor, { schemaId: id, traits: { nick } });
  await expect(made).rejects.toMatchObject({ code: 'invalid_traits', details });
  const fits = { schemaId: id, traits: { nick: nick.slice(0, 254) } };
  expect((await createIdentity(api.actor, fits)).identifiers).toEqual([nick.slice(0, 254)]);
});

describe('201', () => {
  test('returns the Location, records an event, and accepts identities of the schema', async () => {
    const id = named();
    const schema = traits({ type: 'object', properties: { nick: { type: 'string', pattern: '^[a-z]+$' } } });
    const response = await create({ id, schema });
    expect([response.status, response.headers.get('location')]).toEqual([201, toSchemaUrl(api.project.origin, id)]);
    expect(await response.json()).toEqual({ id, version: 1, schema, created_at: expect.any(String) });
    const made = { schemaId: id, traits: { nick: 'ada' } };
    expect(await createIdentity(api.actor, made)).toMatchObject({ schemaId: id, schemaVersion: 1 });
    const unfit = createIdentity(api.actor, { ...made, traits: { nick: 'Ada' } });
    await expect(unfit).rejects.toMatchObject({ code: 'invalid_traits' });
    const [event] = await readEvents(api.project.id, 'schema.created');
    expect(event).toMatchObject({
      actorKind: 'api_credential',
      details: { schema_id: id, version: 1 },
    });
    expect(event?.details.changes).toMatchObject({
      '/properties/traits/properties/nick/pattern': { before: null, after: '^[a-z]+$' },
    });
  });

  test('accepts draft-07 as in Kratos’ schemas', async () => {
    const schema = {
      $id: 'https://schemas.ory.sh/presets/kratos/quickstart/email-password/identity.schema.json',
      $schema: 'http://json-schema.org/draft-07/schema#',
      title: 'Person',
      type: 'object',
      definitions: { mail: { type: 'string', format: 'email', minLength: 3 } },
      properties: {
        traits: {
          type: 'object',
          properties: {
            email: {
              $ref: '#/definitions/mail',
              'ory.sh/kratos': { credentials: { password: { identifier: true } } },
            },
          },
          required: ['email'],
          additionalProperties: false,
        },
      },
    };
    expect((await create({ id: named(), schema })).status).toBe(201);
  });
});

describe('400', () => {
  const deep = (levels: number): JsonObject => (levels === 0 ? {} : { not: deep(levels - 1) });
  const wide = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`p${at}`, {}]));
  test.each<[string, JsonObject, string]>([
    ['a type that is none', traits({ type: 'text' }), '/schema/properties/traits/type'],
    ['no traits', { properties: {} }, '/schema/properties/traits'],
    ['a schema from elsewhere', traits({ $ref: 'https://example.com/s.json' }), '/schema/properties/traits/$ref'],
    ['a file', traits({ $ref: 'file:///etc/passwd' }), '/schema/properties/traits/$ref'],
    ['a reference to nothing', traits({ $ref: '#/$defs/none' }), '/schema/properties/traits/$ref'],
    [
      'a reference to a value that is not a schema',
      traits({ $ref: '#/x' }, { x: {} }),
      '/schema/properties/traits/$ref',
    ],
    ['another base', traits({ $id: 'https://example.com/' }), '/schema/properties/traits/$id'],
    ['another language', traits({}, { $schema: 'http://json-schema.org/draft-04/schema#' }), '/schema/$schema'],
    ['a pattern with a look-ahead', traits({ pattern: '^(?=a)' }), '/schema/properties/traits/pattern'],
    ['a pattern that is none', traits({ pattern: '(' }), '/schema/properties/traits/pattern'],
    ['a huge pattern', traits({ pattern: '(a{1,100}){1,10}' }), '/schema/properties/traits/pattern'],
    [
      'a key that is no pattern',
      traits({ patternProperties: { '(': {} } }),
      '/schema/properties/traits/patternProperties',
    ],
    ['depth', traits(deep(40)), '/schema'],
    ['width', traits({ properties: wide(501) }), '/schema'],
    ['many schemas', traits({ allOf: Array.from({ length: 1001 }, () => ({})) }), '/schema'],
    ['size', traits({ title: 'x'.repeat(64 * 1024) }), '/schema'],
    ['a promise', traits({}, { $async: true }), '/schema/$async'],
    [
      'an identifier that is hidden from the person',
      traits({
        properties: {
          login: {
            type: 'object',
            properties: { id: { type: 'string', 'x-signet': { identifier: true, selfService: 'hidden' } } },
          },
        },
      }),
      '/schema/properties/traits/properties/login/properties/id/x-signet/selfService',
    ],
    [
      'one that Kratos’ annotation marks',
      traits({
        properties: {
          login: {
            type: 'string',
            'ory.sh/kratos': { credentials: { code: { identifier: true } } },
            'x-signet': { selfService: 'hidden' },
          },
        },
      }),
      '/schema/properties/traits/properties/login/x-signet/selfService',
    ],
    ['a title that turns around', traits({ title: 'a\u202eb' }), '/schema/properties/traits/title'],
    ['a title that shows nothing', traits({ title: '\u3164' }), '/schema/properties/traits/title'],
  ])('refuses %s', async (_, schema, pointer) => {
    const id = named();
    const response = await create({ id, schema });
    const { error } = await response.json();
    expect([response.status, error.details.violations[0].pointer]).toEqual([400, pointer]);
    expect(await findSchema(api.project.id, id)).toBeNull();
  });

  test.each<[string, unknown]>([
    ['no id', { schema: traits({}) }],
    ['an id that is no part of an address', { id: 'a/b', schema: traits({}) }],
    ['an empty id', { id: '', schema: traits({}) }],
    ['no schema', { id: 'x' }],
    ['a schema that is true', { id: 'x', schema: true }],
    ['an unknown field', { id: 'x', schema: traits({}), version: 2 }],
  ])('refuses %s', async (_, body) => {
    expect((await create(body)).status).toBe(400);
  });
});

test('returns 403 without the scope', async () => {
  const token = await accessToken(api.project, ['identities:write']);
  const response = await api.call('POST', { body: { id: named(), schema: traits({}) }, token });
  expect(response.status).toBe(403);
});

test('returns 409 for an existing ID, also in concurrent calls', async () => {
  const id = named();
  const many = await Promise.all(
    Array.from({ length: 6 }, (_, at) => create({ id, schema: traits({ title: `${at}` }) })),
  );
  expect(many.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
  expect((await create({ id: 'default', schema: traits({}) })).status).toBe(409);
});

test('returns 409 for an ID that equals another’s form in schema_url, and the reverse', async () => {
  const spelled = (id: string) => Buffer.from(id).toString('base64url');
  expect((await create({ id: spelled('default'), schema: traits({}) })).status).toBe(409);
  const id = named();
  expect((await create({ id: spelled(id), schema: traits({}) })).status).toBe(201);
  expect((await create({ id, schema: traits({}) })).status).toBe(409);
});

test('returns 400 for patterns that together compile too slowly, without compiling all of them', async () => {
  const properties = Object.fromEntries(
    Array.from({ length: 400 }, (_, at) => [`p${at}`, { type: 'string', pattern: `^(?:[a-z]{1,200}${at}){1,2}$` }]),
  );
  const response = await create({ id: named(), schema: traits({ type: 'object', properties }) });
  expect(response.status).toBe(400);
  expect((await response.json()).error.reason).toContain('too many or too large patterns');
});

test('pages through all schemas', async () => {
  const project = await makeProject();
  const token = await accessToken(project, ['openid']);
  const ids = ['default'];
  for (const id of ['zebra', 'apple', 'mango', 'fig']) {
    const body = { id, schema: traits({ title: id }) };
    expect((await callHandler(project, '/admin/schemas', handlers, 'POST', { token, body })).status).toBe(201);
    ids.push(id);
  }
  const list = (query: string) => callHandler(project, '/schemas', { GET: listSchemas }, 'GET', { query });
  for (const first of ['?per_page=2', '?page_size=2', '']) {
    const met: string[] = [];
    for (let query: string | undefined = first; query !== undefined; ) {
      const response = await list(query);
      met.push(...(await response.json()).map(({ id }: { id: string }) => id));
      const next = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
      query = next && new URL(next).search;
    }
    expect(met).toEqual(ids);
  }
  expect((await list('?page_token=x')).status).toBe(400);
});
