import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { db } from '@/lib/platform/db/client';
import { encodeSessionId, sessionCookieName } from '@/lib/web/session-cookie';
import { type ApiServer, startApi } from '@/testing/api-server';
import { openPairing } from '@/testing/pairing';
import { makePerson, signIn } from '@/testing/people';
import { FOR_BROWSERS } from '../../routes';

let api: ApiServer;

beforeAll(async () => {
  api = await startApi({}, FOR_BROWSERS);
});
afterAll(() => api.close());
beforeEach(async () => {
  await (await db()).rateLimit.deleteMany();
});

async function ask(side: unknown, cookie = '', headers: Record<string, string> = {}) {
  const response = await fetch(`${api.origin}/api/pairing/step`, {
    method: 'POST',
    headers: { origin: api.origin, 'content-type': 'application/json', cookie, ...headers },
    body: JSON.stringify({ side }),
  });
  return { status: response.status, body: await response.json(), cookies: response.headers.getSetCookie() };
}

test('tells the session that started a pairing its step, and nothing else of it', async () => {
  const proof = await signIn(api.project, await makePerson(api.project));
  const place = { projectId: api.project.id, origin: api.project.origin };
  const value = encodeSessionId(place, proof.session.id, proof.session.expiresAt);
  const cookie = `${sessionCookieName(place)}=${value}`;
  expect((await ask('own', cookie)).body).toEqual({ ok: true, value: { pairing: null } });
  const { request } = await openPairing(proof);
  expect((await ask('own', cookie)).body).toEqual({
    ok: true,
    value: { pairing: { id: expect.any(String), step: 'open' } },
  });
  await request();
  expect(await ask('own', cookie)).toEqual({
    status: 200,
    body: { ok: true, value: { pairing: { id: expect.any(String), step: 'requested' } } },
    cookies: [],
  });
  // The page of another tab still shows the first one.
  const { id } = (await ask('own', cookie)).body.value.pairing;
  await openPairing(proof);
  const { pairing } = (await ask('own', cookie)).body.value;
  expect(pairing).toMatchObject({ step: 'open' });
  expect(pairing.id).not.toBe(id);
  for (const side of ['own', 'other']) expect((await ask(side)).body).toEqual({ ok: true, value: { pairing: null } });
});

test('refuses another origin and unknown input', async () => {
  expect((await ask('own', '', { origin: 'https://evil.example' })).status).toBe(403);
  expect((await ask('mine')).status).toBe(400);
});
