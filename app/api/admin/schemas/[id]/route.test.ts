import { beforeAll, describe, expect, test } from 'vitest';
import { changeIdentity, createIdentity, getIdentity } from '@/lib/identity/service';
import { newId } from '@/lib/platform/ids';
import type { JsonObject } from '@/lib/platform/json';
import { createSchema, getSchema } from '@/lib/schema/service';
import { adminApi, callHandler } from '@/testing/admin-api';
import { readEvents } from '@/testing/events';
import { GET as readSchema } from '../../../schemas/[id]/route';
import * as handlers from './route';

let api: Awaited<ReturnType<typeof adminApi>>;
beforeAll(async () => {
  api = await adminApi('/admin/schemas/{id}', handlers);
});
const put = (id: string, body: unknown) => api.call('PUT', { params: { id }, body });
const nick = (pattern: string): JsonObject => ({
  properties: { traits: { type: 'object', properties: { nick: { type: 'string', pattern } } } },
});
const make = async (pattern: string) => {
  const id = `s${newId().slice(-12)}`;
  await createSchema(api.actor, id, nick(pattern));
  return id;
};

describe('200', () => {
  test('adds a version: existing identities keep the old one until they are changed to the new', async () => {
    const id = await make('^[a-z]+$');
    const before = await createIdentity(api.actor, { schemaId: id, traits: { nick: 'ada' } });
    const response = await put(id, { schema: nick('^[0-9]+$') });
    expect([response.status, await response.json()]).toEqual([
      200,
      { id, version: 2, schema: nick('^[0-9]+$'), created_at: expect.any(String) },
    ]);
    expect(await createIdentity(api.actor, { schemaId: id, traits: { nick: '1' } })).toMatchObject({
      schemaVersion: 2,
    });
    expect(await changeIdentity(api.actor, before.id, () => ({ traits: { nick: 'grace' } }))).toMatchObject({
      schemaVersion: 1,
    });
    expect(await getIdentity(api.project.id, before.id)).toMatchObject({ schemaVersion: 1, traits: { nick: 'grace' } });
    const [event] = await readEvents(api.project.id, 'schema.updated');
    expect(event?.details).toEqual({
      schema_id: id,
      version: 2,
      changes: { '/properties/traits/properties/nick/pattern': { before: '^[a-z]+$', after: '^[0-9]+$' } },
    });
  });

  test('serves the newest version at the public address, by ID and by its base64url form', async () => {
    const id = await make('^a$');
    const spelled = Buffer.from(id).toString('base64url');
    await put(spelled, { schema: nick('^b$') });
    for (const name of [id, spelled]) {
      const options = { params: { id: name } };
      const response = await callHandler(api.project, '/schemas/{id}', { GET: readSchema }, 'GET', options);
      expect(await response.json()).toEqual(nick('^b$'));
    }
  });

  test('adds no version for the same document', async () => {
    const id = await make('^a$');
    expect(await (await put(id, { schema: nick('^a$') })).json()).toMatchObject({ version: 1 });
  });

  test('accepts a version of the default schema', async () => {
    const { version, document } = await getSchema(api.project.id, 'default');
    const response = await put('default', { schema: { ...document, title: newId() } });
    expect(await response.json()).toMatchObject({ id: 'default', version: version + 1 });
  });

  test('gives each of many concurrent calls its own version', async () => {
    const id = await make('^a$');
    const answers = await Promise.all(Array.from({ length: 5 }, (_, at) => put(id, { schema: nick(`^${at}$`) })));
    const versions = await Promise.all(answers.map(async (answer) => (await answer.json()).version));
    expect(versions.sort()).toEqual([2, 3, 4, 5, 6]);
  });
});

test('returns 400 with the pointer of the fault, and keeps the old version', async () => {
  const id = await make('^a$');
  const response = await put(id, { schema: nick('(') });
  const { error } = await response.json();
  expect([response.status, error.details.violations[0].pointer]).toEqual([
    400,
    '/schema/properties/traits/properties/nick/pattern',
  ]);
  expect((await put(id, { id, schema: nick('^a$') })).status).toBe(400);
  expect(await getSchema(api.project.id, id)).toMatchObject({ version: 1 });
});

test.each(['nothing', Buffer.from('nothing').toString('base64url')])('returns 404 for %s', async (id) => {
  expect((await put(id, { schema: nick('^a$') })).status).toBe(404);
});
