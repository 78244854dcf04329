import { beforeAll, expect, test } from 'vitest';
import { changeIdentity } from '@/lib/identity/service';
import { newId } from '@/lib/platform/ids';
import { finishSignInWithRecoveryCode } from '@/lib/verification/service';
import { adminApi } from '@/testing/admin-api';
import { makeOperator } from '@/testing/operators';
import { CHROME, makePerson } from '@/testing/people';
import { clientContextOf } from '@/testing/tenant';
import * as handlers from './route';

let api: Awaited<ReturnType<typeof adminApi>>;
beforeAll(async () => {
  api = await adminApi('/admin/recovery/code', handlers);
});
const ask = (body: unknown) => api.call('POST', { body });

test('returns 201 in Kratos’ shape, with a code that signs in and a link to the page that takes it', async () => {
  const person = await makePerson(api.project);
  const response = await ask({ identity_id: person.id, flow_type: 'browser' });
  const answer = await response.json();
  expect([response.status, answer]).toEqual([
    201,
    {
      recovery_link: `${api.project.origin}/login/recovery`,
      recovery_code: expect.stringMatching(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/),
      expires_at: expect.any(String),
    },
  ]);
  const signInBrowser = { code: answer.recovery_code, returnTo: null, userAgent: CHROME };
  expect(await finishSignInWithRecoveryCode(clientContextOf(api.project), signInBrowser)).toMatchObject({
    session: { identityId: person.id, method: 'recovery' },
  });
});

test('returns 400 for an unknown flow type', async () => {
  const { id } = await makePerson(api.project);
  expect((await ask({ identity_id: id, flow_type: 'api' })).status).toBe(400);
});

test('returns 400 for an inactive identity, with the reason', async () => {
  const { id } = await makePerson(api.project);
  await changeIdentity(api.actor, id, () => ({ state: 'inactive' }));
  const refused = await ask({ identity_id: id });
  expect(refused.status).toBe(400);
  expect(await refused.json()).toMatchObject({ error: { code: 400, reason: 'This identity is inactive' } });
});

test('returns 403 for an operator', async () => {
  const operator = await makeOperator(api.project, 'owner');
  expect((await ask({ identity_id: operator.id })).status).toBe(403);
});

test('returns 404 for an unknown identity', async () => {
  expect((await ask({ identity_id: newId() })).status).toBe(404);
});
