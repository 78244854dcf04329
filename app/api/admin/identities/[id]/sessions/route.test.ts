import { beforeAll, describe, expect, test } from 'vitest';
import { changeIdentity, getIdentity } from '@/lib/identity/service';
import { newId } from '@/lib/platform/ids';
import { endSession, findSession } from '@/lib/session/service';
import { accessToken, adminApi, type Call } from '@/testing/admin-api';
import { readEvents } from '@/testing/events';
import { makeOperator } from '@/testing/operators';
import { ADDRESS, CHROME, makePerson, signIn } from '@/testing/people';
import * as handlers from './route';

let api: Awaited<ReturnType<typeof adminApi>>;
beforeAll(async () => {
  api = await adminApi('/admin/identities/{id}/sessions', handlers);
});
const on = (id: string, method: string, call: Call = {}) => api.call(method, { params: { id }, ...call });
const listOf = async (id: string, query = '') => (await on(id, 'GET', { query })).json();
const idsIn = (list: Array<{ id: string }>) => list.map(({ id }) => id);
const nextOf = (response: Response) => /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];

describe('GET', () => {
  test('returns sessions in Kratos’ shape', async () => {
    const person = await makePerson(api.project);
    const { session } = await signIn(api.project, person);
    const response = await on(person.id, 'GET');
    expect([response.status, response.headers.get('x-total-count')]).toEqual([200, '1']);
    expect(await response.json()).toEqual([
      {
        id: session.id,
        active: true,
        expires_at: session.expiresAt.toISOString(),
        authenticated_at: session.authenticatedAt.toISOString(),
        authenticator_assurance_level: 'aal1',
        authentication_methods: [{ method: 'code', aal: 'aal1', completed_at: session.authenticatedAt.toISOString() }],
        issued_at: session.createdAt.toISOString(),
        identity: expect.objectContaining({ id: person.id, state: 'active', traits: person.traits }),
        devices: [{ id: session.id, ip_address: ADDRESS, user_agent: CHROME }],
      },
    ]);
  });

  test('leaves out the identity for a token that may read sessions only', async () => {
    const person = await makePerson(api.project);
    await signIn(api.project, person);
    const token = await accessToken(api.project, ['sessions:read']);
    const [{ identity }] = await (await on(person.id, 'GET', { token })).json();
    expect(identity).toMatchObject({ id: person.id, state: 'active', traits: {}, verifiable_addresses: [] });
    expect(JSON.stringify(identity)).not.toContain(person.identifiers[0]);
  });

  test('returns an empty list for an identity without sessions', async () => {
    const { id } = await makePerson(api.project);
    expect(await listOf(id)).toEqual([]);
  });

  test('separates active from inactive sessions, also after the owner is reactivated', async () => {
    const person = await makePerson(api.project);
    const over = (await signIn(api.project, person)).session.id;
    for (const state of ['inactive', 'active'] as const) await changeIdentity(api.actor, person.id, () => ({ state }));
    const again = await getIdentity(api.project.id, person.id);
    const holds = (await signIn(api.project, again)).session.id;
    expect(idsIn(await listOf(person.id, '?active=true'))).toEqual([holds]);
    expect(idsIn(await listOf(person.id, '?active=false'))).toEqual([over]);
    expect(idsIn(await listOf(person.id))).toEqual([holds, over]);
  });

  test.each(['?page_size=2', '?per_page=2&page=0'])('pages through all with %s, newest first', async (first) => {
    const person = await makePerson(api.project);
    const made: string[] = [];
    for (let at = 0; at < 5; at++) made.unshift((await signIn(api.project, person)).session.id);
    const met: string[] = [];
    for (let query: string | undefined = first; query; ) {
      const response = await on(person.id, 'GET', { query });
      met.push(...idsIn(await response.json()));
      const next = nextOf(response);
      expect(next?.startsWith(`${api.project.origin}/admin/identities/${person.id}/sessions?`) ?? true).toBe(true);
      query = next && new URL(next).search;
    }
    expect(met).toEqual(made);
  });

  test('continues after a page whose last session has ended since', async () => {
    const person = await makePerson(api.project);
    const made: string[] = [];
    for (let at = 0; at < 3; at++) made.unshift((await signIn(api.project, person)).session.id);
    const first = await on(person.id, 'GET', { query: '?page_size=2' });
    await endSession(api.actor, person.id, made[1] ?? '');
    const { search } = new URL(nextOf(first) ?? '');
    expect(idsIn(await listOf(person.id, search))).toEqual([made[2]]);
  });

  test.each(['?active=maybe', '?page=-1', '?page_size=x', '?page_token=x.y'])('returns 400 for %s', async (query) => {
    const { id } = await makePerson(api.project);
    expect((await on(id, 'GET', { query })).status).toBe(400);
  });

  test('returns 400 for a page token of another identity', async () => {
    const [one, other] = [await makePerson(api.project), await makePerson(api.project)];
    for (let at = 0; at < 2; at++) await signIn(api.project, one);
    const next = nextOf(await on(one.id, 'GET', { query: '?page_size=1' })) ?? '';
    expect((await on(other.id, 'GET', { query: new URL(next).search })).status).toBe(400);
  });

  test.each([newId(), 'nobody'])('returns 404 for %s', async (id) => {
    expect((await on(id, 'GET')).status).toBe(404);
  });
});

describe('DELETE', () => {
  // ASVS 7.4.5
  test('returns 204, revokes every session with one event, and returns 204 again', async () => {
    const person = await makePerson(api.project);
    const sessions = [await signIn(api.project, person), await signIn(api.project, person)];
    for (let round = 0; round < 2; round++) {
      const response = await on(person.id, 'DELETE');
      expect([response.status, await response.text()]).toEqual([204, '']);
    }
    for (const { session } of sessions) expect(await findSession(api.project.id, session.id)).toBeNull();
    const events = (await readEvents(api.project.id, 'session.ended')).filter(
      ({ identityId }) => identityId === person.id,
    );
    expect(events).toMatchObject([{ actorKind: 'api_credential', details: { count: 2, scope: 'all' } }]);
    await expect(endSession(api.actor, person.id, sessions[0]?.session.id ?? '')).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('returns 403 for an operator, and keeps their sessions', async () => {
    const operator = await makeOperator(api.project, 'viewer');
    const { session } = await signIn(api.project, operator);
    expect((await on(operator.id, 'DELETE')).status).toBe(403);
    expect(await findSession(api.project.id, session.id)).not.toBeNull();
  });

  test('returns 404 for an unknown identity', async () => {
    expect((await on(newId(), 'DELETE')).status).toBe(404);
  });
});
