import { beforeAll, describe, expect, test } from 'vitest';
import { newId } from '@/lib/platform/ids';
import { findSession } from '@/lib/session/service';
import { accessToken, adminApi } from '@/testing/admin-api';
import { readEvents } from '@/testing/events';
import { makeOperator } from '@/testing/operators';
import { makePerson, signIn } from '@/testing/people';
import * as handlers from './route';

let api: Awaited<ReturnType<typeof adminApi>>;
beforeAll(async () => {
  api = await adminApi('/admin/sessions/{id}', handlers);
});
const on = (id: string, method: string) => api.call(method, { params: { id } });

describe('GET', () => {
  test('returns 200 with the identity', async () => {
    const person = await makePerson(api.project);
    const { session } = await signIn(api.project, person);
    const response = await on(session.id, 'GET');
    expect([response.status, await response.json()]).toEqual([
      200,
      expect.objectContaining({ id: session.id, active: true, identity: expect.objectContaining({ id: person.id }) }),
    ]);
  });

  test('leaves out the identity for a token that may read sessions only', async () => {
    const { session, identity } = await signIn(api.project, await makePerson(api.project));
    const token = await accessToken(api.project, ['sessions:read']);
    const { identity: told } = await (await api.call('GET', { params: { id: session.id }, token })).json();
    expect(told).toMatchObject({ id: identity.id, traits: {}, recovery_addresses: [] });
  });

  test.each([newId(), 'x'])('returns 404 for %s', async (id) => {
    expect((await on(id, 'GET')).status).toBe(404);
  });
});

describe('DELETE', () => {
  test('returns 204 once, then 404, keeps other sessions, and records which one was revoked', async () => {
    const person = await makePerson(api.project);
    const [one, other] = [await signIn(api.project, person), await signIn(api.project, person)];
    const response = await on(one.session.id, 'DELETE');
    expect([response.status, await response.text()]).toEqual([204, '']);
    expect((await on(one.session.id, 'DELETE')).status).toBe(404);
    expect(await findSession(api.project.id, one.session.id)).toBeNull();
    expect(await findSession(api.project.id, other.session.id)).not.toBeNull();
    const [event] = await readEvents(api.project.id, 'session.ended');
    expect(event).toMatchObject({ identityId: person.id, details: { session_id: one.session.id } });
  });

  test('returns 204 for an ID in capitals, as GET does', async () => {
    const { session } = await signIn(api.project, await makePerson(api.project));
    expect((await on(session.id.toUpperCase(), 'GET')).status).toBe(200);
    expect((await on(session.id.toUpperCase(), 'DELETE')).status).toBe(204);
  });

  test('returns 403 for an operator’s session', async () => {
    const { session } = await signIn(api.project, await makeOperator(api.project, 'admin'));
    expect((await on(session.id, 'DELETE')).status).toBe(403);
    expect(await findSession(api.project.id, session.id)).not.toBeNull();
  });
});
