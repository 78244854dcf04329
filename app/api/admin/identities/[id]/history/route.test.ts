import { beforeAll, expect, test } from 'vitest';
import { changeIdentity, deleteIdentity } from '@/lib/identity/service';
import { newId } from '@/lib/platform/ids';
import { adminApi } from '@/testing/admin-api';
import { actorOf, makePerson, signIn } from '@/testing/people';
import * as handlers from './route';

let api: Awaited<ReturnType<typeof adminApi>>;
beforeAll(async () => {
  api = await adminApi('/admin/identities/{id}/history', handlers);
});
const on = (id: string, query = '') => api.call('GET', { params: { id }, query });
const typesOf = async (response: Response) => (await response.json()).map(({ type }: { type: string }) => type);

test('returns the identity’s events, newest first, by type and page', async () => {
  const [person, other] = [await makePerson(api.project), await makePerson(api.project)];
  for (const someone of [person, other]) await signIn(api.project, someone);
  await changeIdentity(actorOf(person), person.id, () => ({ metadataPublic: 1 }));
  const all = ['identity.updated', 'session.started', 'identity.created'];
  expect(await typesOf(await on(person.id))).toEqual(all);
  expect(await typesOf(await on(person.id.toUpperCase()))).toEqual(all);
  expect(await typesOf(await on(person.id, '?type=session.started'))).toEqual(['session.started']);
  const first = await on(person.id, '?page_size=2');
  const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
  expect(await typesOf(first)).toEqual(all.slice(0, 2));
  expect(await typesOf(await on(person.id, new URL(next).search))).toEqual(all.slice(2));
  expect((await on(other.id, new URL(next).search)).status).toBe(400);
});

test('returns the events of an erased identity without their details', async () => {
  const person = await makePerson(api.project, { first: 'Grace' });
  await deleteIdentity(actorOf(person), person.id);
  const response = await on(person.id);
  expect(await response.clone().text()).not.toContain('Grace');
  expect(await typesOf(response)).toEqual(['identity.deleted', 'identity.created']);
});

test('returns 400 for an unknown filter', async () => {
  const { id } = await makePerson(api.project);
  expect((await on(id, `?identity_id=${id}`)).status).toBe(400);
});

test.each([newId(), 'nobody'])('returns 404 for %s', async (id) => {
  expect((await on(id)).status).toBe(404);
});

test('says which events can be undone', async () => {
  const person = await makePerson(api.project);
  await changeIdentity(actorOf(person), person.id, () => ({ metadataPublic: 1 }));
  await changeIdentity(actorOf(person), person.id, () => ({ metadataPublic: 2 }));
  const events = await (await on(person.id)).json();
  expect(events.map(({ undo }: { undo: unknown }) => undo)).toEqual([
    { possible: true, obstacle: null, event: null },
    { possible: false, obstacle: 'conflict', event: events[0].id },
    { possible: false, obstacle: 'conflict', event: events[0].id },
  ]);
});
