import { beforeAll, expect, test } from 'vitest';
import { newId } from '@/lib/platform/ids';
import { adminApi } from '@/testing/admin-api';
import { addPasskey, makePerson, signIn } from '@/testing/people';
import * as handlers from './route';

let api: Awaited<ReturnType<typeof adminApi>>;
beforeAll(async () => {
  api = await adminApi('/admin/identities/{id}/credentials', handlers);
});

test('returns the passkeys without their keys', async () => {
  const person = await makePerson(api.project);
  const { passkey } = await addPasskey(await signIn(api.project, person));
  const response = await api.call('GET', { params: { id: person.id } });
  const text = await response.text();
  expect([response.status, JSON.parse(text)]).toEqual([
    200,
    [
      expect.objectContaining({
        ...{ id: passkey.id, type: 'passkey', credential_id: passkey.credentialId, name: passkey.name },
        ...{ rp_id: api.project.rpId, created_at: passkey.createdAt.toISOString(), last_used_at: null },
      }),
    ],
  ]);
  expect(text).not.toContain(Buffer.from(passkey.publicKey).toString('base64url'));
});

test('returns an empty list for an identity without credentials', async () => {
  const { id } = await makePerson(api.project);
  expect(await (await api.call('GET', { params: { id } })).json()).toEqual([]);
});

test.each([newId(), 'nobody'])('returns 404 for %s', async (id) => {
  expect((await api.call('GET', { params: { id } })).status).toBe(404);
});
