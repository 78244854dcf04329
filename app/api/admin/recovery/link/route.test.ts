import { beforeAll, describe, expect, test } from 'vitest';
import { changeIdentity, createIdentity } from '@/lib/identity/service';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import { createSchema } from '@/lib/schema/service';
import { finishSignInWithLink } from '@/lib/verification/service';
import { adminApi, callHandler } from '@/testing/admin-api';
import { readEvents } from '@/testing/events';
import { makeOperator } from '@/testing/operators';
import { CHROME, entered, makePerson } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { clientContextOf, makeTenant } from '@/testing/tenant';
import * as handlers from './route';

let api: Awaited<ReturnType<typeof adminApi>>;
beforeAll(async () => {
  api = await adminApi('/admin/recovery/link', handlers);
});
const ask = (body: unknown) => api.call('POST', { body });
const follow = async (link: string) =>
  entered(
    await finishSignInWithLink(clientContextOf(api.project), {
      ...{ token: link.split('?')[1] ?? '', browserHash: newId(), userAgent: CHROME },
    }),
  );

describe('200', () => {
  test('returns Kratos’ shape, with a link that signs in once', async () => {
    const { id } = await makePerson(api.project);
    const response = await ask({ identity_id: id });
    const { recovery_link: link, expires_at: expiresAt, ...rest } = await response.json();
    expect([response.status, rest]).toEqual([200, {}]);
    expect(new Date(expiresAt).getTime()).toBeGreaterThan(Date.now());
    expect((await follow(link)).session).toMatchObject({ identityId: id, method: 'recovery' });
    await expect(follow(link)).rejects.toMatchObject({ code: 'link_used_or_expired' });
  });

  test('accepts the requested lifetime', async () => {
    const { id } = await makePerson(api.project);
    const { expires_at: end } = await (await ask({ identity_id: id, expires_in: '1h30m' })).json();
    const [row] = await (await db()).verification.findMany({ where: { identityId: id } });
    expect(new Date(end).getTime() - (row?.createdAt.getTime() ?? 0)).toBe(90 * 60 * 1000);
  });

  test('records an event without the link', async () => {
    const { id } = await makePerson(api.project);
    const { recovery_link: link } = await (await ask({ identity_id: id })).json();
    const [event] = await readEvents(api.project.id, 'identity.recovery_issued');
    expect(event).toMatchObject({ identityId: id, actorKind: 'api_credential' });
    expect(JSON.stringify(event)).not.toContain(link.split('?')[1]);
  });
});

describe('400', () => {
  test.each<[string, Record<string, unknown>]>([
    ['no time', { expires_in: '' }],
    ['a time in other words', { expires_in: 'an hour' }],
    ['too short a time', { expires_in: '59s' }],
    ['too long a time', { expires_in: '24h1s' }],
    ['an unknown field', { email: 'a@example.com' }],
    ['an identity that is no text', { identity_id: 1 }],
  ])('refuses %s', async (_, more) => {
    const { id } = await makePerson(api.project);
    expect((await ask({ identity_id: id, ...more })).status).toBe(400);
    expect(await (await db()).verification.count({ where: { identityId: id } })).toBe(0);
  });
});

test('refuses an inactive identity with the reason, and accepts it once reactivated', async () => {
  const { id } = await makePerson(api.project);
  await changeIdentity(api.actor, id, () => ({ state: 'inactive' }));
  const refused = await ask({ identity_id: id });
  expect(refused.status).toBe(400);
  expect(await refused.json()).toMatchObject({ error: { code: 400, reason: 'This identity is inactive' } });
  expect(await (await db()).verification.count({ where: { identityId: id } })).toBe(0);
  await changeIdentity(api.actor, id, () => ({ state: 'active' }));
  expect((await ask({ identity_id: id })).status).toBe(200);
});

test('refuses an identity without a sign-in identifier', async () => {
  await createSchema(api.actor, 'device', {
    type: 'object',
    properties: { traits: { type: 'object', properties: { name: { type: 'string' } } } },
  });
  const { id } = await createIdentity(api.actor, { schemaId: 'device', traits: { name: 'Printer' } });
  const refused = await ask({ identity_id: id });
  expect(refused.status).toBe(400);
  expect(await refused.json()).toMatchObject({ error: { reason: 'This identity has no identifier' } });
});

test('returns 403 for an operator', async () => {
  const operator = await makeOperator(api.project, 'viewer');
  expect((await ask({ identity_id: operator.id })).status).toBe(403);
  expect(await (await db()).verification.count({ where: { identityId: operator.id } })).toBe(0);
});

test('returns 404 for an unknown identity, and for one of another project', async () => {
  const project = await makeProject();
  const { token } = await makeTenant();
  const foreign = await makePerson(project);
  for (const id of [newId(), 'nobody', foreign.id]) expect((await ask({ identity_id: id })).status).toBe(404);
  const path = '/admin/recovery/link';
  const options = { token, body: { identity_id: foreign.id } };
  expect((await callHandler(project, path, handlers, 'POST', options)).status).toBe(401);
});
