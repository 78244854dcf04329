import { beforeAll, expect, test } from 'vitest';
import { listPasskeys } from '@/lib/credential/service';
import { newId } from '@/lib/platform/ids';
import { adminApi } from '@/testing/admin-api';
import { addPasskey, makePerson, signIn } from '@/testing/people';
import * as handlers from './route';

let api: Awaited<ReturnType<typeof adminApi>>;
beforeAll(async () => {
  api = await adminApi('/admin/identities/{id}/credentials/{type}', handlers);
});
const remove = (id: string, type: string, query = '') => api.call('DELETE', { params: { id, type }, query });

test('returns 204 and removes only the passkey that the identifier names', async () => {
  const person = await makePerson(api.project);
  const proof = await signIn(api.project, person);
  const [one, other] = [(await addPasskey(proof)).passkey, (await addPasskey(proof)).passkey];
  const response = await remove(person.id, 'passkey', `?identifier=${one.credentialId}`);
  expect([response.status, await response.text()]).toEqual([204, '']);
  expect(await listPasskeys(api.project.id, person.id)).toMatchObject([{ id: other.id }]);
});

test('returns 400 without an identifier: a type alone removes nothing', async () => {
  const person = await makePerson(api.project);
  await addPasskey(await signIn(api.project, person));
  expect((await remove(person.id, 'passkey')).status).toBe(400);
  expect(await listPasskeys(api.project.id, person.id)).toHaveLength(1);
});

test('returns 404 for an unknown type, identifier or identity', async () => {
  const { id } = await makePerson(api.project);
  for (const type of ['password', 'oidc', 'totp', 'nonsense']) expect((await remove(id, type)).status).toBe(404);
  expect((await remove(id, 'passkey', '?identifier=x')).status).toBe(404);
  expect((await remove(newId(), 'passkey', '?identifier=x')).status).toBe(404);
});
