import { beforeAll, expect, test } from 'vitest';
import { listIdentityEvents } from '@/lib/audit/service';
import type { Identity } from '@/lib/identity/model';
import { changeIdentity } from '@/lib/identity/service';
import { newId } from '@/lib/platform/ids';
import { accessToken, adminApi } from '@/testing/admin-api';
import { makeOperator } from '@/testing/operators';
import { makePerson } from '@/testing/people';
import * as handlers from './route';

let api: Awaited<ReturnType<typeof adminApi>>;
beforeAll(async () => {
  api = await adminApi('/admin/identities/{id}/history/{event}/undo', handlers);
});
const undo = (id: string, event: string, headers: Record<string, string> = {}, token?: string) =>
  api.call('POST', { params: { id, event }, headers, ...(token && { token }) });

async function change({ id }: Identity, first: string): Promise<string> {
  await changeIdentity(api.actor, id, ({ traits }) => ({ traits: { ...traits, name: { first } } }));
  const [event] = await listIdentityEvents(api.project.id, id, 1);
  return event?.id ?? '';
}

test('undoes a change, by ETag, and once for each Idempotency-Key', async () => {
  const person = await makePerson(api.project, { first: 'Ada' });
  const event = await change(person, 'Eve');
  expect((await undo(person.id, event, { 'if-match': '"1"' })).status).toBe(412);
  const headers = { 'if-match': '"2"', 'idempotency-key': newId() };
  const response = await undo(person.id, event, headers);
  expect([response.status, response.headers.get('etag')]).toEqual([200, '"3"']);
  expect((await response.json()).traits.name).toEqual({ first: 'Ada' });
  const repeated = await undo(person.id, event, headers);
  expect([repeated.status, repeated.headers.get('idempotency-replayed')]).toEqual([200, 'true']);
  const again = await undo(person.id, event);
  expect([again.status, (await again.json()).error.details]).toEqual([409, { obstacle: 'undone' }]);
});

test('returns the three values of a field that changed again, to those who may read', async () => {
  const person = await makePerson(api.project, { first: 'Ada' });
  const event = await change(person, 'Eve');
  const later = await change(person, 'Grace');
  const conflict = { pointer: '/traits/name/first', before: 'Ada', after: 'Eve', now: 'Grace', event: later };
  const response = await undo(person.id, event);
  const { error } = await response.json();
  expect([response.status, error.details]).toEqual([409, { conflicts: [conflict] }]);
  expect(error.reason).toContain(later);
  const token = await accessToken(api.project, ['identities:write']);
  const blind = await (await undo(person.id, event, {}, token)).text();
  expect(blind).toContain(later);
  for (const value of ['Ada', 'Eve', 'Grace']) expect(blind).not.toContain(value);
});

test('refuses an operator, another identity’s event and an unknown one', async () => {
  const [person, other] = [await makePerson(api.project), await makePerson(api.project)];
  const event = await change(person, 'Eve');
  expect((await undo(other.id, event)).status).toBe(404);
  expect((await undo(person.id, newId())).status).toBe(404);
  expect((await undo('nobody', 'nothing')).status).toBe(404);
  const operator = await makeOperator(api.project, 'viewer');
  expect((await undo(operator.id, await change(operator, 'Eve'))).status).toBe(403);
});
