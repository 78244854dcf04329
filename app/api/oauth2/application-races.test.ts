import { afterAll, beforeAll, expect, test } from 'vitest';
import { db } from '@/lib/platform/db/client';
import { transaction } from '@/lib/platform/db/transaction';
import {
  codeOf,
  type Party,
  type Provider,
  redemption,
  registerParty,
  signedIn,
  startProvider,
  token,
} from '@/testing/relying-party';

/** Concurrent calls, on both databases. */
let provider: Provider;
let party: Party;
let person: Awaited<ReturnType<typeof signedIn>>;

beforeAll(async () => {
  provider = await startProvider();
  party = await registerParty(provider.project);
  person = await signedIn(provider);
});
afterAll(() => provider.close());

const OFFLINE = { scope: 'openid offline_access' };
const refresh = (refresh_token: unknown) =>
  token(provider, party, { grant_type: 'refresh_token', refresh_token: String(refresh_token) });

test('of eight redemptions of one code, one gets tokens', async () => {
  const code = await codeOf(person.browser, party, OFFLINE);
  const replies = await Promise.all(Array.from({ length: 8 }, () => token(provider, party, redemption(code))));
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
  for (const reply of replies.filter(({ status }) => status !== 200)) expect(reply.json().error).toBe('invalid_grant');
});

test('two refreshes at once both get the same successor, and nothing ends', async () => {
  const code = await codeOf(person.browser, party, OFFLINE);
  const { refresh_token } = (await token(provider, party, redemption(code))).json();
  const replies = await Promise.all([refresh(refresh_token), refresh(refresh_token)]);
  const successors = replies.map((reply) => reply.json().refresh_token);
  expect(replies.map(({ status }) => status)).toEqual([200, 200]);
  expect(new Set(successors).size).toBe(1);
  expect((await refresh(successors[0])).status).toBe(200);
});

test('a process that ends between consuming and answering leaves the code used, and nothing half', async () => {
  const code = await codeOf(person.browser, party, OFFLINE);
  const { consumeCode } = await import('@/lib/grant/repository/code');
  const { hashCode } = await import('@/lib/grant/service/issue-code');
  const held = { hash: hashCode(code), projectId: provider.project.id };
  // What was not committed did not happen.
  const killed = transaction(async (tx) => {
    await consumeCode(tx, held, 'f'.repeat(36), new Date());
    throw new Error('killed');
  });
  await expect(killed).rejects.toThrow('killed');
  const { tokenFamily, authorizationCode } = await db();
  expect(await authorizationCode.findUnique({ where: { hash: held.hash } })).toMatchObject({ consumedAt: null });
  // What was committed stays, whether or not the answer arrived.
  const { refresh_token } = (await token(provider, party, redemption(code))).json();
  const used = await authorizationCode.findUnique({ where: { hash: held.hash } });
  expect(await tokenFamily.count({ where: { id: used?.familyId ?? '' } })).toBe(1);
  expect((await token(provider, party, redemption(code))).json().error).toBe('invalid_grant');
  expect((await refresh(refresh_token)).json().error).toBe('invalid_grant');
});

test('two sign-ins at once share one session at the application and one grant', async () => {
  const one = await signedIn(provider);
  const codes = await Promise.all([codeOf(one.browser, party), codeOf(one.browser, party)]);
  expect(new Set(codes).size).toBe(2);
  const where = { identityId: one.proof.identity.id };
  const { applicationSession, grant } = await db();
  expect([await applicationSession.count({ where }), await grant.count({ where })]).toEqual([1, 1]);
});
