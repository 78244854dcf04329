import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { listIdentityEvents } from '@/lib/audit/service';
import type { Identity } from '@/lib/identity/model';
import { changeIdentity, deleteIdentity, getIdentity } from '@/lib/identity/service';
import { systemActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import { findSession } from '@/lib/session/service';
import { SoftwareAuthenticator, type Wrong } from '@/testing/authenticator';
import { addPasskey, BROWSER, CHROME, contextOf, makePerson, moveProject, signIn } from '@/testing/people';
import { makeProject } from '@/testing/project';
import type { Passkey, PasskeyRefusal } from '../model';
import { deletePasskey, getPasskey } from '../service';
import { beginPasskeySignIn, finishPasskeySignIn } from './sign-in';

const CLIENT = { userAgent: CHROME };
let project: Project;

type Holder = { identity: Identity; passkey: Passkey; authenticator: SoftwareAuthenticator };

/** An identity with a passkey and no session. */
async function holder(settings: { isBackupEligible?: boolean; isBackedUp?: boolean; counter?: number } = {}) {
  const proof = await signIn(project, await makePerson(project));
  const added = await addPasskey(proof, new SoftwareAuthenticator({ origin: project.origin, ...settings }));
  await (await db()).session.deleteMany({ where: { identityId: proof.identity.id } });
  return { identity: await getIdentity(project.id, proof.identity.id), ...added };
}

const begin = () => beginPasskeySignIn(contextOf(project), BROWSER);
const finish = (response: unknown, browser: string | null = BROWSER) =>
  finishPasskeySignIn(contextOf(project), browser, response, CLIENT);
const signInWith = async ({ authenticator }: Holder, wrong: Wrong = {}) =>
  finish(authenticator.get(await begin(), wrong));
const sessionsOf = async ({ identity }: Holder) => (await db()).session.count({ where: { identityId: identity.id } });
const eventsOf = async ({ identity }: Holder, type: string) =>
  (await listIdentityEvents(project.id, identity.id, 50)).filter((event) => event.type === type);
const storedOf = ({ identity, passkey }: Holder) => getPasskey(project.id, identity.id, passkey.id);

beforeAll(async () => {
  project = await makeProject();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a sign-in', () => {
  test('requests any passkey of this relying party, with user verification', async () => {
    const options = await begin();
    expect(options).toMatchObject({ rpId: project.rpId, userVerification: 'required', timeout: 300_000 });
    expect(options.allowCredentials).toBeUndefined();
    expect(Buffer.from(options.challenge, 'base64url')).toHaveLength(32);
  });

  test('opens a session for the holder of the passkey', async () => {
    const person = await holder();
    const { session, identity } = await signInWith(person);
    expect(identity.id).toBe(person.identity.id);
    expect(session).toMatchObject({ method: 'passkey', passkeyId: person.passkey.id, userAgent: CHROME });
    expect(await findSession(project.id, session.id)).toMatchObject({ identity: { id: identity.id } });
    expect(await eventsOf(person, 'session.started')).toMatchObject([{ actorId: identity.id }, {}]);
  });

  test("ends the browser's previous session", async () => {
    const person = await holder();
    const before = await signIn(project, await makePerson(project));
    const response = person.authenticator.get(await begin());
    const client = { ...CLIENT, replaces: before.session.id };
    const { session } = await finishPasskeySignIn(contextOf(project), BROWSER, response, client);
    expect(await findSession(project.id, before.session.id)).toBeNull();
    expect(await findSession(project.id, session.id)).not.toBeNull();
  });

  test('does not change the version of the identity', async () => {
    const person = await holder();
    await signInWith(person);
    expect(await getIdentity(project.id, person.identity.id)).toEqual(person.identity);
  });

  test('by autofill and one by button can run in parallel', async () => {
    const person = await holder();
    const [autofill, button] = [await begin(), await begin()];
    await finish(person.authenticator.get(button));
    await finish(person.authenticator.get(autofill));
    expect(await sessionsOf(person)).toBe(2);
  });
});

describe('CVE-2026-28513: refuses each fault alone, opens no session and consumes the challenge:', () => {
  const faults: Array<[string, Wrong, PasskeyRefusal]> = [
    ['no user verification', { uv: false }, 'user_not_verified'],
    ['no user presence', { up: false }, 'user_not_present'],
    ['another origin', { origin: 'https://evil.example' }, 'wrong_origin'],
    ['another relying party', { rpId: 'evil.example' }, 'wrong_rp_id'],
    ['a registration response', { type: 'webauthn.create' }, 'wrong_ceremony'],
    ['a frame of another site', { crossOrigin: true }, 'framed'],
    ['a frame of a named site', { crossOrigin: true, topOrigin: 'https://evil.example' }, 'framed'],
    ['an invalid signature', { isSignatureBroken: true }, 'wrong_signature'],
    ['lost backup eligibility', { be: false, bs: false }, 'changed_backup_eligibility'],
    ['backed up without backup eligibility', { be: false, bs: true }, 'impossible_backup_state'],
  ];
  test.each(faults)('%s', async (_, wrong, reason) => {
    const person = await holder();
    const response = person.authenticator.get(await begin(), wrong);
    const cause = expect.objectContaining({ reason });
    await expect(finish(response)).rejects.toMatchObject({ code: 'passkey_verification_failed', cause });
    await expect(finish(response)).rejects.toMatchObject({ code: 'ceremony_expired' });
    expect(await sessionsOf(person)).toBe(0);
    expect((await storedOf(person)).lastUsedAt).toBeNull();
    const details = { method: 'passkey', passkey_id: person.passkey.id, reason };
    expect(await eventsOf(person, 'sign_in.refused')).toMatchObject([{ actorKind: 'system', details }]);
  });

  test('gained backup eligibility', async () => {
    const person = await holder({ isBackupEligible: false, isBackedUp: false });
    await expect(signInWith(person, { be: true })).rejects.toMatchObject({ code: 'passkey_verification_failed' });
    expect(await sessionsOf(person)).toBe(0);
  });

  test.each([
    ['no user handle', null],
    ['an empty user handle', ''],
    ['an unknown user handle', Buffer.alloc(32, 3).toString('base64url')],
  ])('%s', async (_, userHandle) => {
    const person = await holder();
    await expect(signInWith(person, { userHandle })).rejects.toMatchObject({ code: 'passkey_verification_failed' });
    expect(await sessionsOf(person)).toBe(0);
  });

  test("another identity's user handle", async () => {
    const [person, other] = [await holder(), await holder()];
    const { userHandle } = other.identity;
    await expect(signInWith(person, { userHandle })).rejects.toMatchObject({ code: 'passkey_verification_failed' });
    expect([await sessionsOf(person), await sessionsOf(other)]).toEqual([0, 0]);
  });

  test("another identity's credential ID, signed with the caller's key", async () => {
    const [person, other] = [await holder(), await holder()];
    const wrong = { id: other.passkey.credentialId, userHandle: other.identity.userHandle };
    await expect(signInWith(person, wrong)).rejects.toMatchObject({ code: 'passkey_verification_failed' });
    expect(await sessionsOf(other)).toBe(0);
  });

  test.each([undefined, 'passkey', {}, { response: {} }])('an invalid response: %j', async (response) => {
    await expect(finish(response)).rejects.toMatchObject({ code: 'passkey_verification_failed' });
  });
});

describe('refuses a passkey that is', () => {
  test('unknown, with a code that lets the browser remove it', async () => {
    const stranger = new SoftwareAuthenticator({ origin: project.origin });
    stranger.create({ challenge: 'AAAA', rp: { id: project.rpId }, user: { id: 'AAAA' } });
    const response = stranger.get(await begin());
    await expect(finish(response)).rejects.toMatchObject({ code: 'passkey_unknown' });
    await expect(finish(response)).rejects.toMatchObject({ code: 'ceremony_expired' });
  });

  test('deleted', async () => {
    const person = await holder();
    await deletePasskey(systemActor(project.id), person.identity.id, person.passkey.id);
    await expect(signInWith(person)).rejects.toMatchObject({ code: 'passkey_unknown' });
    expect(await sessionsOf(person)).toBe(0);
  });

  test('deleted with its identity', async () => {
    const person = await holder();
    await deleteIdentity(systemActor(project.id), person.identity.id);
    await expect(signInWith(person)).rejects.toMatchObject({ code: 'passkey_unknown' });
  });

  test('of another project under the same relying party, but not as unknown', async () => {
    const here = await moveProject(await makeProject(), `https://${newId()}.example.com`);
    const there = await moveProject(await makeProject(), `${here.origin}:8443`);
    const proof = await signIn(there, await makePerson(there));
    const { authenticator } = await addPasskey(proof);
    const options = await beginPasskeySignIn(contextOf(here), BROWSER);
    const response = authenticator.get(options, { origin: here.origin });
    const refusal = finishPasskeySignIn(contextOf(here), BROWSER, response, CLIENT);
    await expect(refusal).rejects.toMatchObject({ code: 'passkey_verification_failed' });
    // No event in this project: only the other project may know the passkey's holder.
    expect(await listIdentityEvents(here.id, proof.identity.id, 50)).toEqual([]);
  });

  test('registered before the project moved to another host name', async () => {
    const before = await makeProject();
    const person = await addPasskey(await signIn(before, await makePerson(before)));
    const after = await moveProject(before, `https://${newId()}.example.com`);
    const options = await beginPasskeySignIn(contextOf(after), BROWSER);
    const [key] = person.authenticator.keys;
    if (!key) throw new Error('no key');
    const wrong = { origin: after.origin, rpId: after.rpId };
    const response = person.authenticator.sign(key, options, wrong);
    const refusal = finishPasskeySignIn(contextOf(after), BROWSER, response, CLIENT);
    const cause = expect.objectContaining({ reason: 'wrong_rp_id' });
    await expect(refusal).rejects.toMatchObject({ code: 'passkey_verification_failed', cause });
  });
});

describe('a challenge is valid', () => {
  test('only if Signet issued it', async () => {
    const person = await holder();
    const challenge = Buffer.alloc(32, 1).toString('base64url');
    await expect(signInWith(person, { challenge })).rejects.toMatchObject({ code: 'ceremony_expired' });
  });

  test('once, even for concurrent responses', async () => {
    const person = await holder();
    const response = person.authenticator.get(await begin());
    const outcomes = await Promise.allSettled([1, 2, 3, 4, 5].map(() => finish(response)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(finish(response)).rejects.toMatchObject({ code: 'ceremony_expired' });
    expect(await sessionsOf(person)).toBe(1);
  });

  test('for five minutes', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const person = await holder();
    const [inTime, tooLate] = [person.authenticator.get(await begin()), person.authenticator.get(await begin())];
    vi.advanceTimersByTime(299_000);
    await finish(inTime);
    vi.advanceTimersByTime(1000);
    await expect(finish(tooLate)).rejects.toMatchObject({ code: 'ceremony_expired' });
  });

  test('only in the requesting browser, and an attempt in another one consumes it', async () => {
    const person = await holder();
    const response = person.authenticator.get(await begin());
    await expect(finish(response, 'another-browser')).rejects.toMatchObject({ code: 'ceremony_expired' });
    await expect(finish(response)).rejects.toMatchObject({ code: 'ceremony_expired' });
    expect(await sessionsOf(person)).toBe(0);
  });

  test('only with a browser hash', async () => {
    const person = await holder();
    const response = person.authenticator.get(await begin());
    await expect(finish(response, null)).rejects.toMatchObject({ code: 'ceremony_expired' });
  });

  test('only in the requesting project', async () => {
    const there = await makeProject();
    const person = await holder();
    const options = await beginPasskeySignIn(contextOf(there), BROWSER);
    const response = person.authenticator.get({ ...options, rpId: project.rpId });
    await expect(finish(response)).rejects.toMatchObject({ code: 'ceremony_expired' });
  });

  test('only for authentication', async () => {
    const person = await holder();
    const options = await begin();
    await (await db()).challenge.updateMany({ where: { value: options.challenge }, data: { ceremony: 'setup' } });
    await expect(finish(person.authenticator.get(options))).rejects.toMatchObject({ code: 'ceremony_expired' });
  });
});

describe('the identity state', () => {
  const change = ({ identity }: Holder, state: 'active' | 'inactive') =>
    changeIdentity(systemActor(project.id), identity.id, () => ({ state }));

  test('inactive refuses the sign-in', async () => {
    const person = await holder();
    await change(person, 'inactive');
    await expect(signInWith(person)).rejects.toMatchObject({ code: 'inactive_identity' });
    expect(await sessionsOf(person)).toBe(0);
    expect(await eventsOf(person, 'sign_in.refused')).toMatchObject([{ details: { reason: 'inactive_identity' } }]);
  });

  test('inactive ends pending ceremonies, even after reactivation', async () => {
    const person = await holder();
    const response = person.authenticator.get(await begin());
    await change(person, 'inactive');
    await change(person, 'active');
    await expect(finish(response)).rejects.toMatchObject({ code: 'ceremony_expired' });
    await signInWith(person);
    expect(await sessionsOf(person)).toBe(1);
  });

  test('does not affect an identity created after the challenge was issued', async () => {
    const options = await begin();
    const person = await holder();
    await finish(person.authenticator.get(options));
    expect(await sessionsOf(person)).toBe(1);
  });
});

describe('a use records', () => {
  test('the received backup state', async () => {
    const person = await holder({ isBackupEligible: true, isBackedUp: false });
    await signInWith(person, { bs: true });
    expect((await storedOf(person)).isBackedUp).toBe(true);
    await signInWith(person, { bs: false });
    expect((await storedOf(person)).isBackedUp).toBe(false);
  });

  test('the time, at most once a minute', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const person = await holder();
    await signInWith(person);
    const first = (await storedOf(person)).lastUsedAt;
    expect(first).toEqual(new Date());
    vi.advanceTimersByTime(59_000);
    await signInWith(person);
    expect((await storedOf(person)).lastUsedAt).toEqual(first);
    vi.advanceTimersByTime(1000);
    await signInWith(person);
    expect((await storedOf(person)).lastUsedAt).toEqual(new Date());
  });

  test('an increasing counter without a warning', async () => {
    const person = await holder({ counter: 4_294_967_290 });
    await signInWith(person);
    await signInWith(person);
    expect(await storedOf(person)).toMatchObject({ signCount: 4_294_967_293n, counterWarnedAt: null });
    expect(await eventsOf(person, 'passkey.counter_warning')).toEqual([]);
  });

  test.each([
    ['is unchanged', 7],
    ['decreases', 6],
    ['drops to zero', 0],
  ])('a warning, but no refusal, for a counter that %s', async (_, counter) => {
    const person = await holder();
    await signInWith(person, { counter: 7 });
    await signInWith(person, { counter });
    expect(await sessionsOf(person)).toBe(2);
    expect(await storedOf(person)).toMatchObject({ signCount: BigInt(counter), counterWarnedAt: expect.any(Date) });
    await signInWith(person, { counter: 8 }); // the passkey stays marked
    expect(await storedOf(person)).toMatchObject({ signCount: 8n, counterWarnedAt: expect.any(Date) });
    const details = {
      passkey_id: person.passkey.id,
      name: person.passkey.name,
      stored: '7',
      received: String(counter),
    };
    expect((await eventsOf(person, 'passkey.counter_warning')).map((event) => event.details)).toEqual([details]);
  });

  test('no warning without a counter', async () => {
    const person = await holder();
    await signInWith(person);
    await signInWith(person);
    expect(await eventsOf(person, 'passkey.counter_warning')).toEqual([]);
  });
});
