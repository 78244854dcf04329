import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { listIdentityEvents } from '@/lib/audit/service';
import {
  changeIdentity,
  createIdentity,
  deleteIdentity,
  findIdentityByIdentifier,
  getIdentity,
} from '@/lib/identity/service';
import { inviteToRegister } from '@/lib/invitation/service';
import { systemActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import type { Project, RegistrationMode } from '@/lib/project/model';
import { findSession } from '@/lib/session/service';
import { codeAndLink, readOutbox } from '@/testing/outbox';
import { ADDRESS, CHROME, entered, makePerson, signIn } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { statementsOf } from '@/testing/statements';
import { beginSignIn, type ClientContext, finishSignInWithCode, finishSignInWithLink, peekLink } from '../service';

const START = new Date('2026-03-01T12:00:00.000Z');
let project: Project;

const at = (seconds: number) => vi.setSystemTime(START.getTime() + seconds * 1000);
const visit = (): ClientContext => ({
  projectId: project.id,
  origin: project.origin,
  requestId: newId(),
  address: ADDRESS,
});
const begin = (address: string, browserHash = newId(), returnTo?: string) =>
  beginSignIn(visit(), { address, browserHash, locale: 'en', returnTo });
const withCode = async (code: string, browserHash: string, replaces?: string) =>
  entered(await finishSignInWithCode(visit(), { code, browserHash, userAgent: CHROME, replaces }));
const withLink = async (token: string) =>
  entered(await finishSignInWithLink(visit(), { token, browserHash: newId(), userAgent: CHROME }));
const system = () => systemActor(project.id);
const setRegistration = async (registration: RegistrationMode) =>
  (await db()).project.update({ where: { id: project.id }, data: { registration } });
const find = (address: string) => findIdentityByIdentifier(project.id, address);
const identitiesOf = async (address: string) => (await db()).identifier.count({ where: { value: address } });
const isInvited = async (email: string) =>
  (await (await db()).invitation.count({ where: { email, consumedAt: null } })) > 0;

const newcomer = async () => `new-${newId()}@example.com`;
const invited = async () => {
  const email = await newcomer();
  await setRegistration('invitation');
  await inviteToRegister(system(), { email, locale: 'en' });
  return email;
};
const known = async () => (await makePerson(project)).identifiers[0] ?? '';
const inactive = async () => {
  const { id, identifiers } = await makePerson(project);
  await changeIdentity(system(), id, () => ({ state: 'inactive' }));
  return identifiers[0] ?? '';
};
const revoked = async () => {
  const email = await invited();
  await (await db()).invitation.deleteMany({ where: { email } });
  return email;
};
const expired = async () => {
  const email = await invited();
  at(14 * 24 * 3600);
  return email;
};

/** The newest mail to an address, sent or discarded. */
async function queuedFor(address: string) {
  const queued = (await readOutbox()).findLast(({ mail }) => mail.to === address);
  if (!queued) throw new Error(`no mail to ${address}`);
  return { ...queued, ...codeAndLink(queued.mail) };
}

/** Requests a mail in a new browser; returns its contents. */
async function ask(address: string, returnTo?: string) {
  const browser = newId();
  await begin(address, browser, returnTo);
  return { address, browser, ...(await queuedFor(address)) };
}

beforeAll(async () => {
  project = await makeProject();
});
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: START });
  await (await db()).rateLimit.deleteMany();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a sign-in request', () => {
  test.each<[RegistrationMode, string, 'sign_in' | 'registration', 'mailed' | 'not mailed', () => Promise<string>]>([
    ['closed', 'an active identity', 'sign_in', 'mailed', known],
    ['closed', 'an inactive identity', 'sign_in', 'not mailed', inactive],
    ['closed', 'a newcomer', 'sign_in', 'not mailed', newcomer],
    ['closed', 'an invited person', 'sign_in', 'not mailed', invited],
    ['open', 'an active identity', 'sign_in', 'mailed', known],
    ['open', 'an inactive identity', 'sign_in', 'not mailed', inactive],
    ['open', 'a newcomer', 'registration', 'mailed', newcomer],
    ['open', 'an address that violates the schema', 'sign_in', 'not mailed', async () => `${newId()}@localhost`],
    ['invitation', 'an active identity', 'sign_in', 'mailed', known],
    ['invitation', 'an inactive identity', 'sign_in', 'not mailed', inactive],
    ['invitation', 'a newcomer', 'sign_in', 'not mailed', newcomer],
    ['invitation', 'an invited person', 'registration', 'mailed', invited],
    ['invitation', 'a person with a revoked invitation', 'sign_in', 'not mailed', revoked],
    ['invitation', 'a person with an expired invitation', 'sign_in', 'not mailed', expired],
  ])('with registration %s, for %s: %s, %s, and the same answer', async (registration, _, kind, fate, make) => {
    const address = await make();
    await setRegistration(registration);
    const now = Date.now();
    expect(await begin(address)).toEqual({
      address,
      hasCode: true,
      triesLeft: 5,
      resendAt: new Date(now + 30_000),
      expiresAt: new Date(now + 600_000),
    });
    const { mail, isDiscarded } = await queuedFor(address);
    expect([mail.kind, isDiscarded ? 'not mailed' : 'mailed']).toEqual([kind, fate]);
  });

  test.each<RegistrationMode>(['closed', 'open', 'invitation'])(
    'does equal work for all addresses with registration %s',
    async (registration) => {
      const work: string[][] = [];
      for (const make of [known, inactive, newcomer, invited]) {
        const address = await make();
        await setRegistration(registration);
        work.push(await statementsOf(() => begin(address)));
      }
      const [first = [], ...others] = work;
      expect(first.length).toBeGreaterThan(8);
      for (const statements of others) expect(statements).toEqual(first);
    },
  );

  test('has equal limits for new and known addresses', async () => {
    for (const make of [known, newcomer]) {
      await setRegistration('open');
      const [address, browser] = [await make(), newId()];
      for (let mails = 0; mails < 3; mails++) await begin(address, browser);
      const refusal = await begin(address, browser).catch(({ code, details }) => [code, details.retryAfterSeconds]);
      expect(refusal).toEqual(['rate_limited', 900]);
    }
  });
});

describe.each<[RegistrationMode, () => Promise<string>]>([
  ['open', newcomer],
  ['invitation', invited],
])('with registration %s', (registration, make) => {
  beforeEach(() => setRegistration(registration));

  test.each(['code', 'link'] as const)(
    'the %s creates the identity with a verified address, and signs in',
    async (method) => {
      const { address, browser, code, token } = await ask(await make(), '/profile/settings');
      expect(await find(address)).toBeNull();
      const before = await signIn(project, await makePerson(project));
      const signedIn = method === 'code' ? await withCode(code, browser, before.session.id) : await withLink(token);
      expect(signedIn).toMatchObject({ returnTo: '/profile/settings', session: { method } });
      expect(await findSession(project.id, signedIn.session.id)).not.toBeNull();
      const identity = await getIdentity(project.id, signedIn.session.identityId);
      expect(identity).toMatchObject({ state: 'active', schemaId: 'default', traits: { email: address } });
      expect(identity.verifiableAddresses).toMatchObject([{ value: address, verified: true, status: 'completed' }]);
      const events = await listIdentityEvents(project.id, identity.id, 10);
      expect(events.map(({ type, actorKind, actorId, address: from }) => [type, actorKind, actorId, from])).toEqual([
        ['session.started', 'identity', identity.id, ADDRESS],
        ['identity.created', 'identity', identity.id, ADDRESS],
      ]);
      expect(await isInvited(address)).toBe(false);
      if (method === 'code') expect(await findSession(project.id, before.session.id)).toBeNull();
    },
  );

  test('code and link of one mail work once', async () => {
    const { address, browser, code, token } = await ask(await make());
    await withCode(code, browser);
    await expect(withCode(code, browser)).rejects.toMatchObject({ code: 'code_used_or_expired' });
    await expect(withLink(token)).rejects.toMatchObject({ code: 'link_used_or_expired' });
    expect(
      await (await db()).session.count({ where: { identity: { identifiers: { some: { value: address } } } } }),
    ).toBe(1);
  });

  test('of two browsers that register one address concurrently, one creates it and the other signs in to it', async () => {
    const address = await make();
    const [one, two] = [await ask(address), await ask(address)];
    const [first, second] = await Promise.all([withCode(one.code, one.browser), withLink(two.token)]);
    expect(second.identity.id).toBe(first.identity.id);
    expect(await identitiesOf(address)).toBe(1);
    const events = await listIdentityEvents(project.id, first.identity.id, 10);
    expect(events.map(({ type }) => type).sort()).toEqual(['identity.created', 'session.started', 'session.started']);
  });

  test('signs in to an identity created with this address since the request', async () => {
    const { address, browser, code } = await ask(await make());
    const made = await createIdentity(system(), { traits: { email: address } });
    expect((await withCode(code, browser)).identity.id).toBe(made.id);
    expect((await getIdentity(project.id, made.id)).verifiableAddresses).toMatchObject([{ verified: true }]);
  });

  test.each<[string, (id: string) => Promise<unknown>]>([
    ['is inactive', (id) => changeIdentity(system(), id, () => ({ state: 'inactive' }))],
    [
      'was inactive for a while',
      async (id) => {
        await changeIdentity(system(), id, () => ({ state: 'inactive' }));
        await changeIdentity(system(), id, () => ({ state: 'active' }));
      },
    ],
  ])('refuses an identity created since the request that %s', async (_, happens) => {
    const { address, browser, code } = await ask(await make());
    const made = await createIdentity(system(), { traits: { email: address } });
    await happens(made.id);
    await expect(withCode(code, browser)).rejects.toMatchObject({ code: 'code_used_or_expired' });
    expect(await (await db()).session.count({ where: { identityId: made.id } })).toBe(0);
  });

  test('a mail to a deleted identity creates no other one', async () => {
    const identity = await makePerson(project);
    const { address, browser, code } = await ask(identity.identifiers[0] ?? '');
    await deleteIdentity(system(), identity.id);
    await expect(withCode(code, browser)).rejects.toMatchObject({ code: 'code_used_or_expired' });
    expect(await find(address)).toBeNull();
  });

  test('neither code nor link creates an identity once registration is closed', async () => {
    const address = await make();
    const [one, two] = [await ask(address), await ask(address)];
    await setRegistration('closed');
    await expect(withCode(one.code, one.browser)).rejects.toMatchObject({ code: 'code_used_or_expired' });
    await expect(withLink(two.token)).rejects.toMatchObject({ code: 'link_used_or_expired' });
    expect(await find(address)).toBeNull();
  });

  test("the link's page announces the creation of an account", async () => {
    const { token, browser, address } = await ask(await make());
    expect(await peekLink(project.id, token, browser)).toMatchObject({ address, isRegistration: true });
    const identity = await ask(await known());
    expect(await peekLink(project.id, identity.token, identity.browser)).toMatchObject({ isRegistration: false });
  });
});

test('a request made while registration was closed creates nothing after it opens', async () => {
  await setRegistration('closed');
  const { address, browser, code } = await ask(await newcomer());
  await setRegistration('open');
  await expect(withCode(code, browser)).rejects.toMatchObject({ code: 'code_used_or_expired' });
  expect(await find(address)).toBeNull();
});

describe('an invitation', () => {
  test('is for one identity: after its deletion, the address is a stranger again', async () => {
    const { address, browser, code } = await ask(await invited());
    const { identity } = await withCode(code, browser);
    await deleteIdentity(system(), identity.id);
    expect((await ask(address)).isDiscarded).toBe(true);
  });

  test.each<[string, (email: string) => Promise<unknown>]>([
    ['revoked', async (email) => (await db()).invitation.deleteMany({ where: { email } })],
    [
      'expired',
      async (email) => (await db()).invitation.updateMany({ where: { email }, data: { expiresAt: new Date() } }),
    ],
  ])('that is %s before the code is answered creates no identity', async (_, happens) => {
    const { address, browser, code } = await ask(await invited());
    await happens(address);
    await expect(withCode(code, browser)).rejects.toMatchObject({ code: 'code_used_or_expired' });
    expect(await find(address)).toBeNull();
  });

  test('of another project, or for an operator, admits no one here', async () => {
    const other = await makeProject();
    const email = await invited();
    await (await db()).invitation.updateMany({ where: { email }, data: { projectId: other.id } });
    expect((await ask(email)).isDiscarded).toBe(true);
    const operator = await invited();
    await (await db()).invitation.updateMany({ where: { email: operator }, data: { kind: 'operator' } });
    expect((await ask(operator)).isDiscarded).toBe(true);
  });
});
