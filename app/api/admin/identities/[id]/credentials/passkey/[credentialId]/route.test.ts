import { beforeAll, describe, expect, test } from 'vitest';
import { listPasskeys } from '@/lib/credential/service';
import type { Identity } from '@/lib/identity/model';
import { getIdentity } from '@/lib/identity/service';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import { adminApi, type Call } from '@/testing/admin-api';
import { readEvents } from '@/testing/events';
import { makeOperator } from '@/testing/operators';
import { addPasskey, mailsTo, makePerson, signIn } from '@/testing/people';
import * as handlers from './route';

let api: Awaited<ReturnType<typeof adminApi>>;
beforeAll(async () => {
  api = await adminApi('/admin/identities/{id}/credentials/passkey/{credentialId}', handlers);
});
const on = (id: string, credentialId: string, method: string, call: Call = {}) =>
  api.call(method, { params: { id, credentialId }, ...call });
const withPasskey = async (of?: Identity) => {
  const person = of ?? (await makePerson(api.project));
  const { passkey } = await addPasskey(await signIn(api.project, person));
  return { person, passkey };
};

describe('PATCH', () => {
  test('returns 200 with the new name, and updates version and history', async () => {
    const { person, passkey } = await withPasskey();
    const before = await getIdentity(api.project.id, person.id);
    const response = await on(person.id, passkey.credentialId, 'PATCH', { body: { name: '  Work laptop ' } });
    expect([response.status, await response.json()]).toEqual([
      200,
      expect.objectContaining({ id: passkey.id, name: 'Work laptop' }),
    ]);
    expect((await getIdentity(api.project.id, person.id)).version).toBe(before.version + 1);
    const [event] = await readEvents(api.project.id, 'passkey.renamed');
    expect(event).toMatchObject({
      identityId: person.id,
      details: { passkey_id: passkey.id, before: passkey.name, name: 'Work laptop' },
    });
  });

  test.each<[string, unknown]>([
    ['no name', {}],
    ['an empty name', { name: ' ' }],
    ['a long name', { name: 'x'.repeat(65) }],
    ['a name that hides', { name: 'a\u202eb' }],
    ['an unknown field', { name: 'a', id: newId() }],
  ])('returns 400 for %s', async (_, body) => {
    const { person, passkey } = await withPasskey();
    expect((await on(person.id, passkey.id, 'PATCH', { body })).status).toBe(400);
  });

  test('returns 403 for an operator’s passkey', async () => {
    const { person, passkey } = await withPasskey(await makeOperator(api.project, 'viewer'));
    expect((await on(person.id, passkey.id, 'PATCH', { body: { name: 'Mine' } })).status).toBe(403);
  });

  test('returns 404 for an unknown identity, an unknown passkey, and another identity’s passkey', async () => {
    const { person, passkey } = await withPasskey();
    const other = await makePerson(api.project);
    for (const [id, key] of [
      [newId(), passkey.id] as const,
      [person.id, newId()] as const,
      [other.id, passkey.id] as const,
    ])
      expect((await on(id, key, 'PATCH', { body: { name: 'Mine' } })).status).toBe(404);
  });
});

describe('DELETE', () => {
  test('returns 204 once, then 404, and notifies the owner by mail', async () => {
    const { person, passkey } = await withPasskey();
    const response = await on(person.id, passkey.credentialId, 'DELETE');
    expect([response.status, await response.text()]).toEqual([204, '']);
    expect(await listPasskeys(api.project.id, person.id)).toEqual([]);
    expect((await on(person.id, passkey.credentialId, 'DELETE')).status).toBe(404);
    expect((await mailsTo(person)).map(({ kind }) => kind)).toContain('passkey_deleted');
  });

  test('returns 400 for the last way to sign in', async () => {
    const { person, passkey } = await withPasskey();
    await (await db()).verifiableAddress.deleteMany({ where: { identityId: person.id } });
    const response = await on(person.id, passkey.id, 'DELETE');
    expect([response.status, (await response.json()).error.message]).toEqual([
      400,
      'The last sign-in method cannot be removed',
    ]);
    expect(await listPasskeys(api.project.id, person.id)).toHaveLength(1);
  });

  test('returns 403 for an operator’s passkey', async () => {
    const { person, passkey } = await withPasskey(await makeOperator(api.project, 'owner'));
    expect((await on(person.id, passkey.id, 'DELETE')).status).toBe(403);
    expect(await listPasskeys(api.project.id, person.id)).toHaveLength(1);
  });
});
