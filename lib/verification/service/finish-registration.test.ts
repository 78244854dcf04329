import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { listIdentityEvents } from '@/lib/audit/service';
import { createIdentity, findIdentityByIdentifier, getIdentity } from '@/lib/identity/service';
import { inviteToRegister } from '@/lib/invitation/service';
import { systemActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { transaction } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import type { Json, JsonObject } from '@/lib/platform/json';
import type { Project, RegistrationMode } from '@/lib/project/model';
import { insertSchema } from '@/lib/schema/repository';
import { findSession } from '@/lib/session/service';
import { codeAndLink, readOutbox } from '@/testing/outbox';
import { ADDRESS, CHROME, entered } from '@/testing/people';
import { makeProject } from '@/testing/project';
import {
  beginSignIn,
  type ClientContext,
  findPendingRegistration,
  finishRegistration,
  finishSignInWithCode,
  finishSignInWithLink,
} from '../service';

const START = new Date('2026-03-01T12:00:00.000Z');
const write = { selfService: 'write' };
const email = { type: 'string', format: 'email', 'x-signet': { identifier: true } };
const club = {
  email,
  name: { type: 'object', properties: { first: text(write), last: text(write) }, required: ['last'] },
  size: { type: 'integer', 'x-signet': write },
  number: text({ selfService: 'read' }),
  secret: text({ selfService: 'hidden' }),
};
let project: Project;
let versions = 1;

function text(note: JsonObject): JsonObject {
  return { type: 'string', maxLength: 20, 'x-signet': note };
}

const at = (seconds: number) => vi.setSystemTime(START.getTime() + seconds * 1000);
const visit = (): ClientContext => ({
  projectId: project.id,
  origin: project.origin,
  requestId: newId(),
  address: ADDRESS,
});
const setRegistration = async (registration: RegistrationMode) =>
  (await db()).project.update({ where: { id: project.id }, data: { registration } });
const find = (address: string) => findIdentityByIdentifier(project.id, address);
const pending = (browser: string | null) => findPendingRegistration(project.id, browser);

/** Sets the traits of the project's default schema. */
async function setTraits(properties: JsonObject, required: string[]): Promise<void> {
  const traits = { type: 'object', properties, required, additionalProperties: false };
  const document = { type: 'object', properties: { traits }, required: ['traits'] };
  const key = { projectId: project.id, schemaId: 'default', version: ++versions };
  await transaction((tx) => insertSchema(tx, { id: newId(), ...key, document, createdAt: new Date() }));
}

async function ask(address = `new-${newId()}@example.com`, browser = newId()) {
  await beginSignIn(visit(), { address, browserHash: browser, locale: 'en', returnTo: '/profile/settings' });
  const queued = (await readOutbox()).findLast(({ mail }) => mail.to === address);
  if (!queued) throw new Error('no mail');
  return { address, browser, ...queued, ...codeAndLink(queued.mail) };
}

/** Proves an address by the code, in the requesting browser. */
async function proven(address?: string, browser?: string) {
  const pending = await ask(address, browser);
  const { code } = pending;
  expect(await finishSignInWithCode(visit(), { code, browserHash: pending.browser, userAgent: CHROME })).toBeNull();
  return pending;
}

const fill = (browser: string | null, values: Record<string, Json>) => {
  const filled = Object.entries(values).map(([pointer, value]) => ({ pointer, value }));
  return finishRegistration(visit(), { browserHash: browser, filled, userAgent: CHROME });
};
const LAST = { '/traits/name/last': 'Lovelace' };

beforeAll(async () => {
  project = await makeProject();
});
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: START });
  await (await db()).rateLimit.deleteMany();
  await setRegistration('open');
  await setTraits(club, ['email', 'name']);
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a schema with further required traits', () => {
  test('asks for them before an identity exists', async () => {
    const { address, browser } = await proven();
    expect(await find(address)).toBeNull();
    const step = await pending(browser);
    expect(step).toMatchObject({ address, returnTo: '/profile/settings' });
    expect(step?.fields.map(({ pointer, isRequired }) => [pointer, isRequired])).toEqual([
      ['/traits/name/first', false],
      ['/traits/name/last', true],
      ['/traits/size', false],
    ]);
    const signedIn = await fill(browser, { ...LAST, '/traits/name/first': null, '/traits/size': 3 });
    expect(signedIn).toMatchObject({ returnTo: '/profile/settings', session: { method: 'code' } });
    expect(await findSession(project.id, signedIn.session.id)).not.toBeNull();
    const identity = await getIdentity(project.id, signedIn.identity.id);
    expect(identity.traits).toEqual({ email: address, name: { last: 'Lovelace' }, size: 3 });
    expect(identity.verifiableAddresses).toMatchObject([{ value: address, verified: true }]);
    const events = await listIdentityEvents(project.id, identity.id, 10);
    expect(events.map(({ type }) => type)).toEqual(['session.started', 'identity.created']);
  });

  test('belongs to the browser that used the link', async () => {
    const { browser, token } = await ask();
    const other = newId();
    expect(await finishSignInWithLink(visit(), { token, browserHash: other, userAgent: CHROME })).toBeNull();
    expect(await pending(browser)).toBeNull();
    await expect(fill(browser, LAST)).rejects.toMatchObject({ code: 'link_used_or_expired' });
    expect((await fill(other, LAST)).session.method).toBe('link');
  });

  test('CVE-2025-64708: expires ten minutes after the proof, and exists in no other browser or project', async () => {
    const { browser } = await proven();
    for (const elsewhere of [newId(), '', null]) {
      expect(await pending(elsewhere)).toBeNull();
      await expect(fill(elsewhere, LAST)).rejects.toMatchObject({ code: 'link_used_or_expired' });
    }
    expect(await findPendingRegistration((await makeProject()).id, browser)).toBeNull();
    at(599);
    expect(await pending(browser)).not.toBeNull();
    at(600);
    expect(await pending(browser)).toBeNull();
    await expect(fill(browser, LAST)).rejects.toMatchObject({ code: 'link_used_or_expired' });
  });

  test('is for the address this browser proved last', async () => {
    const { browser, address: first } = await proven();
    const { address } = await proven(undefined, browser);
    expect(await pending(browser)).toMatchObject({ address });
    await fill(browser, LAST);
    expect(await pending(browser)).toBeNull();
    expect([await find(first), (await find(address))?.identifiers]).toEqual([null, [address]]);
  });

  test('invalid input consumes nothing', async () => {
    const { address, browser } = await proven();
    const misfits: Record<string, Json>[] = [{}, { '/traits/name/first': 'Ada' }, { ...LAST, '/traits/size': 'many' }];
    for (const values of misfits) {
      await expect(fill(browser, values)).rejects.toMatchObject({ code: 'invalid_traits' });
    }
    const missing = await fill(browser, { '/traits/name/first': 'Ada' }).catch(({ details }) => details.violations);
    expect(missing).toMatchObject([{ pointer: '/traits/name/last', keyword: 'required' }]);
    expect(await find(address)).toBeNull();
    expect((await fill(browser, LAST)).identity.identifiers).toEqual([address]);
  });

  test('CVE-2026-27946: accepts only the requested fields', async () => {
    const { address, browser } = await proven();
    const more = { '/traits/email': 'other@example.com', '/traits/number': '1', '/traits/secret': 'x', '/state': 'x' };
    const { identity } = await fill(browser, { ...LAST, ...more, '/traits/__proto__/x': 'y' });
    expect(identity.traits).toEqual({ email: address, name: { last: 'Lovelace' } });
  });

  test('CVE-2025-46815: concurrent and repeated submissions create one identity', async () => {
    const address = `new-${newId()}@example.com`;
    const [one, two] = [await proven(address), await proven(address)];
    const [first, second] = await Promise.all([fill(one.browser, LAST), fill(two.browser, LAST)]);
    expect(second.identity.id).toBe(first.identity.id);
    const three = await proven();
    const outcomes = await Promise.allSettled([fill(three.browser, LAST), fill(three.browser, LAST)]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await (await db()).identifier.count({ where: { value: { in: [address, three.address] } } })).toBe(2);
  });

  test('signs in to an identity created since', async () => {
    const { address, browser } = await proven();
    const traits = { email: address, name: { last: 'Byron' } };
    const made = await createIdentity(systemActor(project.id), { traits });
    expect((await fill(browser, LAST)).identity).toMatchObject({ id: made.id, traits });
  });

  test('ends when registration closes, and with its invitation', async () => {
    const closed = await proven();
    await setRegistration('closed');
    expect(await pending(closed.browser)).toBeNull();
    await expect(fill(closed.browser, LAST)).rejects.toMatchObject({ code: 'link_used_or_expired' });
    await setRegistration('invitation');
    const to = `new-${newId()}@example.com`;
    await inviteToRegister(systemActor(project.id), { email: to, locale: 'en' });
    const invited = await proven(to);
    await (await db()).invitation.deleteMany({ where: { email: to } });
    await expect(fill(invited.browser, LAST)).rejects.toMatchObject({ code: 'link_used_or_expired' });
    expect(await find(to)).toBeNull();
  });

  test('consumes the invitation with the creation, not before', async () => {
    await setRegistration('invitation');
    const to = `new-${newId()}@example.com`;
    await inviteToRegister(systemActor(project.id), { email: to, locale: 'en' });
    const { browser } = await proven(to);
    const open = async () => (await db()).invitation.count({ where: { email: to, consumedAt: null } });
    expect(await open()).toBe(1);
    await fill(browser, LAST);
    expect(await open()).toBe(0);
  });
});

describe('a schema that a newcomer cannot satisfy', () => {
  test.each<[string, JsonObject, string[]]>([
    ['requires a read-only field', { email, number: club.number }, ['email', 'number']],
    ['requires a hidden field', { email, secret: club.secret }, ['email', 'secret']],
    ['requires another identifier', { email, login: text({ identifier: true, ...write }) }, ['email', 'login']],
    ['has no address as identifier', { login: text({ identifier: true }) }, []],
    ['rejects the address', { email: { ...email, pattern: '@acme\\.example$' } }, ['email']],
  ])('creates no identity and mails nothing: it %s', async (_, properties, required) => {
    await setTraits(properties, required);
    const { address, browser, code, isDiscarded } = await ask();
    expect(isDiscarded).toBe(true);
    const attempt = finishSignInWithCode(visit(), { code, browserHash: browser, userAgent: CHROME });
    await expect(attempt).rejects.toMatchObject({ code: 'code_used_or_expired' });
    expect(await find(address)).toBeNull();
  });

  test('a schema that requires only the address, at any place, asks for nothing', async () => {
    await setTraits({ contact: { type: 'object', properties: { mail: email } }, name: club.name }, []);
    const { address, browser, code } = await ask();
    const signInBrowser = { browserHash: browser, userAgent: CHROME };
    const { identity } = entered(await finishSignInWithCode(visit(), { code, ...signInBrowser }));
    expect(identity).toMatchObject({ traits: { contact: { mail: address } }, identifiers: [address] });
  });
});
