import { beforeAll, describe, expect, test } from 'vitest';
import { createIdentity, getIdentity } from '@/lib/identity/service';
import { transaction } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import { assignRole } from '@/lib/role/service';
import { createSchema, findSchema } from '@/lib/schema/service';
import { accessToken, adminApi, callHandler } from '@/testing/admin-api';
import { documentOf, finish } from '@/testing/schema-change';
import { GET as readJob } from '../../../jobs/[id]/route';
import * as impactHandlers from '../impact/route';
import * as schemaHandlers from '../route';
import * as handlers from './route';

let api: Awaited<ReturnType<typeof adminApi>>;
const TEXT = { type: 'string' };
const DRAFT = {
  schema: documentOf({ age: { type: 'integer' } }),
  repairs: [{ op: 'convert', pointer: '/traits/age', to: 'integer' }],
};

beforeAll(async () => {
  api = await adminApi('/admin/schemas/{id}/publish', handlers);
});
async function make() {
  const id = `s${newId().slice(-12)}`;
  await createSchema(api.actor, id, documentOf({ age: TEXT }));
  const person = (age?: string) =>
    createIdentity(api.actor, { schemaId: id, traits: { email: `${newId()}@example.com`, ...(age && { age }) } });
  return { id, person };
}
const publish = (id: string, body: unknown, headers = {}) => api.call('POST', { params: { id }, body, headers });
const impact = (id: string, body: unknown, token = api.token) =>
  callHandler(api.project, '/admin/schemas/{id}/impact', impactHandlers, 'POST', { token, params: { id }, body });
const job = async (id: string) =>
  (
    await callHandler(api.project, '/admin/jobs/{id}', { GET: readJob }, 'GET', { token: api.token, params: { id } })
  ).json();
const run = (id: string) => finish({ projectId: api.project.id, id });

describe('202', () => {
  test('an impact, then its publication: operators are left out', async () => {
    const { id, person } = await make();
    const [fine, odd, operator] = [await person('41'), await person('old'), await person()];
    const { organizationId } = api.project;
    await transaction((tx) => assignRole(tx, { organizationId, identityId: operator.id }, 'viewer'));
    const checking = await impact(Buffer.from(id).toString('base64url'), DRAFT);
    const { id: impactId, ...started } = await checking.json();
    expect([checking.status, checking.headers.get('location')]).toEqual([
      202,
      `${api.project.origin}/admin/jobs/${impactId}`,
    ]);
    expect(started).toMatchObject({ kind: 'schema_impact', state: 'queued', undo: { possible: false } });
    await run(impactId);
    expect(await job(impactId)).toMatchObject({
      state: 'finished',
      result: {
        ...{ schema_id: id, scanned: 3, valid: 0, repaired: 1, invalid: 1, operators: 1 },
        reasons: [{ pointer: '/traits/age', keyword: 'repair', count: 1, identities: [odd.id] }],
        repairs: [{ changed: 1, failed: 1 }],
      },
    });
    const response = await publish(id, { ...DRAFT, impact_job: impactId });
    const { id: published } = await response.json();
    expect(response.status).toBe(202);
    await run(published);
    expect(await job(published)).toMatchObject({
      ...{ state: 'finished', done: 1, left_out: { invalid: 1, operator: 1 } },
      result: { schema_id: id, version: 2, impact_job: impactId },
      undo: { possible: true },
    });
    expect(await getIdentity(api.project.id, fine.id)).toMatchObject({ schemaVersion: 2, traits: { age: 41 } });
  });

  test('a repeat with the same Idempotency-Key starts one job', async () => {
    const { id } = await make();
    const key = { 'idempotency-key': newId() };
    const [one, two] = [await publish(id, DRAFT, key), await publish(id, DRAFT, key)];
    expect((await two.json()).id).toBe((await one.json()).id);
    expect((await findSchema(api.project.id, id))?.version).toBe(2);
  });
});

describe('refused', () => {
  test.each([
    ['a repair at the traits themselves', { op: 'remove', pointer: '/traits' }],
    ['a repair outside the traits', { op: 'remove', pointer: '/state' }],
    ['an unknown conversion', { op: 'convert', pointer: '/traits/a', to: 'magic' }],
    ['a move to each item', { op: 'move', from: '/traits/a', pointer: '/traits/b/*' }],
    ['an unknown member', { op: 'remove', pointer: '/traits/a', value: 1 }],
  ])('400: %s', async (_, repair) => {
    const { id } = await make();
    expect((await publish(id, { ...DRAFT, repairs: [repair] })).status).toBe(400);
  });

  test('409: an impact of another draft, and a second publication at a time', async () => {
    const { id } = await make();
    const { id: other } = await (await impact(id, { schema: documentOf() })).json();
    expect((await publish(id, { ...DRAFT, impact_job: other })).status).toBe(409);
    expect((await publish(id, DRAFT)).status).toBe(202);
    expect((await publish(id, { schema: documentOf() })).status).toBe(409);
  });

  test('403: a token that may write schemas, but not read or write identities', async () => {
    const { id } = await make();
    const token = await accessToken(api.project, ['schemas:write']);
    expect((await impact(id, DRAFT, token)).status).toBe(403);
    expect((await api.call('POST', { token, params: { id }, body: DRAFT })).status).toBe(403);
    expect((await findSchema(api.project.id, id))?.version).toBe(1);
  });

  test('404: an unknown schema', async () => {
    expect((await publish('nothing', DRAFT)).status).toBe(404);
  });
});

test('DELETE removes an unused schema, and no other', async () => {
  const { id, person } = await make();
  const remove = (name: string) =>
    callHandler(api.project, '/admin/schemas/{id}', schemaHandlers, 'DELETE', {
      token: api.token,
      params: { id: name },
    });
  expect((await remove('default')).status).toBe(409);
  expect((await remove(id)).status).toBe(204);
  expect((await remove(id)).status).toBe(404);
  const used = await make();
  await used.person();
  expect((await remove(used.id)).status).toBe(409);
  await expect(person()).rejects.toMatchObject({ code: 'unknown_schema' });
});
