import { beforeAll, expect, test } from 'vitest';
import { createIdentity } from '@/lib/identity/service';
import { newId } from '@/lib/platform/ids';
import { adminApi } from '@/testing/admin-api';
import * as handlers from './route';

let api: Awaited<ReturnType<typeof adminApi>>;
beforeAll(async () => {
  api = await adminApi('/admin/identities/by/external/{externalId}', handlers);
});
const known = (externalId: string) =>
  createIdentity(api.actor, { traits: { email: `${newId()}@example.com` }, externalId });
const get = (externalId: string, call = {}) => api.call('GET', { params: { externalId }, ...call });

test.each(['crm-1', 'a/b', '100 %', 'ÄÖ_x', newId()])(
  'returns 200 for %s, with the same body as by ID',
  async (externalId) => {
    const { id } = await known(externalId);
    const response = await get(externalId);
    expect([response.status, response.headers.get('etag')]).toEqual([200, '"1"']);
    expect(await response.json()).toMatchObject({ id, external_id: externalId, credentials: {} });
    expect((await get(externalId, { headers: { 'if-none-match': '"1"' } })).status).toBe(304);
  },
);

test('returns 404 for an unknown external ID, compared exactly', async () => {
  await known('Crm_2');
  for (const other of ['crm_2', 'CrmX2', 'Crm_', 'Crm_2 ', newId()]) expect((await get(other)).status).toBe(404);
});

test('returns 400 for an unknown credential type', async () => {
  await known('crm-3');
  expect((await get('crm-3', { query: '?include_credential=nonsense' })).status).toBe(400);
});
